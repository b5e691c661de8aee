/** A script for browsers, as text. The build makes it. */
declare module '*/dist/text/tourhook.edit.js' {
  const text: string
  export default text
}

/** A script for browsers, as text. The build makes it. */
declare module '*/dist/text/tourhook.stage.js' {
  const text: string
  export default text
}
