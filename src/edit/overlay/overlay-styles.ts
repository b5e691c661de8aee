const dark = `
  --surface: #16181d;
  --raised: #22262e;
  --text: #f1f3f7;
  --muted: #a6aebd;
  --line: #343a45;
  --edge: #7c8697;
  --accent: #a5b4fc;
  --on-accent: #1c1b4b;
  --good: #7ee2a8;
  --bad: #ffa69e;
  color-scheme: dark;
`

/** The editor's style. */
export const overlayStyles = `
.layer {
  --surface: #fff;
  --raised: #f3f4f7;
  --text: #171a21;
  --muted: #596170;
  --line: #e1e4ea;
  --edge: #868d9b;
  --accent: #4f46e5;
  --on-accent: #fff;
  --good: #157347;
  --bad: #b42318;
  font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
.layer[data-theme=dark] {${dark}}
@media (prefers-color-scheme: dark) { .layer[data-theme=auto] {${dark}} }
p { margin: 0 }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }

.editor, .bar, .pill {
  position: fixed;
  pointer-events: auto;
  background: var(--surface);
  box-shadow: 0 0 0 1px var(--line), 0 2px 6px rgb(0 0 0/.1), 0 18px 50px -10px rgb(0 0 0/.35);
}
.editor {
  display: flex;
  flex-direction: column;
  bottom: 16px;
  width: 360px;
  max-height: min(680px, 100vh - 32px);
  border-radius: 14px;
  overflow: hidden;
}
.editor[data-dock=end] { inset-inline-end: 16px }
.editor[data-dock=start] { inset-inline-start: 16px }
.editor[data-dock=bottom], .editor[data-dock=top] { inset-inline: 0; width: auto; max-height: 58vh; bottom: 0; border-radius: 14px 14px 0 0 }
.editor[data-dock=top] { top: 0; bottom: auto; border-radius: 0 0 14px 14px }
.editor:focus { outline: 0 }

header { display: grid; gap: 8px; padding: 12px 14px 10px }
.line { display: flex; align-items: center; gap: 8px; min-width: 0 }
.line > .control { flex: 1; display: flex; align-items: center; gap: 8px; min-width: 0 }
.line > .control label { color: var(--muted); font-weight: 500 }
h1 { flex: 1; margin: 0; font-size: 15px; font-weight: 650; letter-spacing: -.01em; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
.tools { display: flex; gap: 4px }

nav { display: flex; gap: 2px; padding: 0 10px; border-bottom: 1px solid var(--line) }
nav button { border-radius: 6px 6px 0 0; padding: 7px 9px 8px; color: var(--muted); background: none; font-weight: 550 }
nav button:hover { color: var(--text) }
nav [aria-current] { color: var(--text); box-shadow: inset 0 -2px var(--accent) }

.body { display: flex; flex-direction: column; gap: 12px; padding: 14px; overflow: auto; overscroll-behavior: contain; overflow-wrap: anywhere }
footer { display: flex; align-items: center; gap: 12px; padding: 10px 14px; border-top: 1px solid var(--line) }
.status { flex: 1; margin: 0; color: var(--muted); font-size: 13px; line-height: 1.35 }
[data-tone=good] { color: var(--good) }
[data-tone=bad] { color: var(--bad) }

button, summary { border: 0; border-radius: 8px; padding: 7px 12px; background: var(--raised); color: inherit; font: inherit; font-weight: 550; cursor: pointer }
button:hover, summary:hover { filter: brightness(.96) }
button.primary { background: var(--accent); color: var(--on-accent); font-weight: 600 }
button.primary:hover { filter: brightness(1.08) }
button[aria-disabled=true] { opacity: .55; cursor: default }
button.slim { padding: 4px 9px; font-size: 13px }
button.icon { min-width: 30px; font-size: 15px; line-height: 1.3 }
.danger { color: var(--bad) }
.buttons { display: flex; gap: 6px }
.body > button { align-self: start }

.control { display: grid; gap: 4px }
.control label { font-weight: 600; font-size: 13px }
input:not([type=radio], [type=checkbox]), select, textarea {
  width: 100%;
  min-width: 0;
  min-height: 34px;
  padding: 6px 9px;
  border: 1px solid var(--edge);
  border-radius: 8px;
  background: var(--surface);
  color: var(--text);
  font: inherit;
}
textarea { resize: vertical; line-height: 1.45 }
:is(input, select, textarea):focus-visible { outline-offset: 0; border-color: var(--accent) }
input { accent-color: var(--accent) }
.check { display: flex; align-items: center; gap: 8px; font-size: 13px; font-weight: 550 }
.check input, .ways input, .choice input { flex: none; width: 16px; height: 16px; margin: 0 }
.hint { margin: 0; color: var(--muted); font-size: 12.5px; line-height: 1.4 }
.found { margin: 0; font-size: 13px }
code, pre { font: 12.5px/1.5 ui-monospace, "SF Mono", Menlo, monospace }

fieldset { min-width: 0; margin: 0; padding: 0; border: 0 }
legend { padding: 0; margin-bottom: 6px; font-weight: 600; font-size: 13px }
.group { display: grid; gap: 10px; padding: 12px; border: 1px solid var(--line); border-radius: 10px }
.group legend { float: left; margin: 0; width: 100% }
.group legend + * { clear: both }
.group.row { grid-template-columns: 1fr 1fr; align-items: end }
.group.row legend { display: none }
.group.row > .wide, .group.row > .control:has(+ .nowline) { grid-column: 1 / -1 }
.group.row .nowline { align-self: center }
.group.row .buttons { justify-content: end }
.ways { display: grid; gap: 6px; margin: 0; padding: 0; list-style: none }
.ways li { padding: 7px 9px; border: 1px solid var(--line); border-radius: 8px }
.ways label { display: flex; align-items: center; gap: 8px; cursor: pointer }
.ways code { flex: 1; min-width: 0 }
.ways small { flex: none; color: var(--good); font-size: 12px }
.ways .fragile small { color: var(--bad) }
.ways .hint { margin: 4px 0 0 24px }
.nowline { margin: 0; font-size: 13px; color: var(--muted) }
.now { font-family: ui-monospace, Menlo, monospace; font-size: 12.5px }
.choice { display: flex; align-items: start; gap: 8px }
.choice input { margin-top: 3px }
.problems, .lines { display: grid; gap: 6px; margin: 0; padding-inline-start: 20px }
.problems { padding: 10px 12px; list-style: none; border-radius: 8px; background: var(--raised); color: var(--bad) }
.lines { font-size: 13px }
.lines:empty { display: none }
pre { margin: 6px 0 0; padding: 8px 10px; max-height: 340px; overflow: auto; border-radius: 8px; background: var(--raised); white-space: pre-wrap }

.more { position: relative }
.more summary { list-style: none; padding: 5px 11px }
.more summary::-webkit-details-marker { display: none }
.menu { position: absolute; z-index: 1; inset-inline-end: 0; top: calc(100% + 6px); display: grid; gap: 2px; width: max-content; padding: 6px; border-radius: 10px; background: var(--surface); box-shadow: 0 0 0 1px var(--line), 0 12px 30px -6px rgb(0 0 0/.35) }
.menu button { text-align: start; background: none }
.menu button:hover { background: var(--raised); filter: none }
.editor:has(.more[open]) { overflow: visible }

.shield { position: fixed; inset: 0; pointer-events: auto; cursor: crosshair }
.shield:focus-visible { outline: 0 }
.outline { position: fixed; border-radius: 4px; box-shadow: 0 0 0 2px var(--accent), 0 0 0 5px color-mix(in srgb, var(--accent) 30%, transparent); background: color-mix(in srgb, var(--accent) 12%, transparent) }
.outline span { position: absolute; inset-inline-start: -2px; bottom: calc(100% + 6px); max-width: 60vw; padding: 2px 7px; border-radius: 6px; background: var(--accent); color: var(--on-accent); font: 12px/1.5 ui-monospace, Menlo, monospace; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
.outline.inside span { bottom: auto; top: 6px; inset-inline-start: 6px }
.outline.far span { inset-inline: auto -2px }
.outline.far.inside span { inset-inline-end: 6px }
.bar {
  left: 50%;
  bottom: 16px;
  transform: translateX(-50%);
  display: flex;
  align-items: center;
  gap: 10px;
  max-width: calc(100vw - 24px);
  padding: 8px 10px 8px 14px;
  border-radius: 12px;
}
.bar.high { bottom: auto; top: 16px }
.bar .found { max-width: 40vw; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 550 }
.keys { color: var(--muted); font-size: 12.5px; white-space: nowrap }
.pill { left: 50%; bottom: 16px; transform: translateX(-50%); padding: 10px 18px; border-radius: 999px; background: var(--accent); color: var(--on-accent); font-weight: 600 }
@media (max-width: 700px) {
  .keys { display: none }
  .bar { width: calc(100vw - 24px) }
  .bar .found { flex: 1 }
}
`
