const gap = 16
const edge = 12

/** Puts a dialog beside its target, on the wished side if there is room, and a ring around the target. */
export function placeBeside(target, { dialog, ring, stage, side = 'bottom' }) {
  const around = target.getBoundingClientRect()
  const { clientWidth: width, clientHeight: height } = stage
  const { offsetWidth, offsetHeight } = dialog
  const spot = {
    top: { x: middle(around.left, around.right, offsetWidth), y: around.top - gap - offsetHeight },
    bottom: { x: middle(around.left, around.right, offsetWidth), y: around.bottom + gap },
    left: { x: around.left - gap - offsetWidth, y: middle(around.top, around.bottom, offsetHeight) },
    right: { x: around.right + gap, y: middle(around.top, around.bottom, offsetHeight) },
  }
  const fits = ({ x, y }) =>
    x >= edge && y >= edge && x + offsetWidth <= width - edge && y + offsetHeight <= height - edge
  const within = ({ x, y }) => ({
    x: clamp(x, edge, width - edge - offsetWidth),
    y: clamp(y, edge, height - edge - offsetHeight),
  })

  const sides = [side, 'bottom', 'top', 'right', 'left']
  const chosen = sides.find(name => fits({ ...within(spot[name]), ...across(name, spot[name]) })) ?? side
  const { x, y } = within(spot[chosen])
  move(dialog, { left: x, top: y })
  move(ring, {
    left: around.left - 6,
    top: around.top - 6,
    width: around.width + 12,
    height: around.height + 12,
  })

  dialog.dataset.side = chosen
  const isAbove = chosen === 'top' || chosen === 'bottom'
  const aim = isAbove ? (around.left + around.right) / 2 - x : (around.top + around.bottom) / 2 - y
  dialog.style.setProperty('--aim', `${clamp(aim, 24, (isAbove ? offsetWidth : offsetHeight) - 24)}px`)
}

/** Along its side a dialog may be shifted; away from its target it may not. */
function across(side, { x, y }) {
  return side === 'top' || side === 'bottom' ? { y } : { x }
}

function middle(start, end, size) {
  return (start + end - size) / 2
}

function clamp(value, least, most) {
  return Math.max(least, Math.min(value, most))
}

function move({ style }, place) {
  for (const [property, value] of Object.entries(place)) style[property] = `${Math.round(value)}px`
}
