const inHash = /(^#|&)tourhook-edit=([\w-]{22})$/

/** Whether the console has sent somebody here to edit, or the editor is open in this tab. */
export function isEditing(): boolean {
  try {
    return inHash.test(location.hash) || sessionStorage.getItem('tourhook-edit') !== null
  } catch {
    return false
  }
}

/** Takes the code of a console's link out of the address, before a router reads it. */
export function takeEditCode(): string | undefined {
  const code = inHash.exec(location.hash)?.[2]
  if (code) history.replaceState(history.state, '', location.href.replace(/[#&]tourhook-edit=[\w-]{22}$/, ''))
  return code
}
