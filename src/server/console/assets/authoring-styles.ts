/** Editors: steps, data rows, attempts, differences. */
export const authoringStyles = `
.step-list { display: grid; gap: .3rem; counter-reset: step; }
.step-list li { display: flex; gap: .25rem; align-items: stretch; counter-increment: step; }
.step-list a { flex: 1; min-width: 0; display: grid; grid-template-columns: 1.5rem minmax(0, 1fr); gap: .1rem .4rem; padding: .5rem .6rem; border-radius: 8px; border: 1px solid transparent; text-decoration: none; color: inherit; }
.step-list a::before { content: counter(step); grid-row: 1 / 3; color: var(--soft); font: 600 .75rem/1.6 var(--figures); }
.step-list.plain a { grid-template-columns: minmax(0, 1fr); }
.step-list.plain a::before { content: none; }
.step-list.plain span { grid-column: 1; }
.add-part { display: flex; flex-wrap: wrap; gap: .4rem; margin-top: .8rem; }
.add-part select { flex: 1; width: auto; min-width: 7rem; min-height: 1.9rem; padding-block: .1rem; font-size: .8125rem; }
.add-tour { display: flex; gap: .5rem; flex: 1; }
.add-tour input { min-width: 0; flex: 1 1 13rem; }
.add-tour .button { white-space: nowrap; }
.step-list a:hover { background: var(--well); }
.step-list a[aria-current] { background: var(--accent-wash); border-color: color-mix(in oklab, var(--accent) 40%, transparent); }
.step-list b { font-weight: 560; font-size: .875rem; line-height: 1.35; overflow-wrap: anywhere; }
.step-list span { grid-column: 2; color: var(--soft); font-size: .75rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
@media (max-width: 69.9rem) {
  .split.three > :first-child { grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); }
  .split.three .step-list { display: flex; flex-wrap: wrap; }
  .split.three .step-list a { border-color: var(--line); padding: .3rem .6rem; grid-template-columns: auto minmax(0, 1fr); }
  .split.three .step-list a::before { grid-row: 1; }
  .split.three .step-list span { display: none; }
}
.data-rows { display: grid; gap: .6rem; container-type: inline-size; }
.data-row { display: grid; grid-template-columns: minmax(0, .9fr) auto minmax(0, 1fr) minmax(0, 1fr); gap: .4rem; align-items: end; padding: .6rem; border: 1px solid var(--line); border-radius: 9px; }
.data-row .from { align-self: end; padding-bottom: .5rem; color: var(--soft); }
.data-row .sample { grid-column: 1 / -1; color: var(--soft); font-size: .8125rem; }
.conditions { display: grid; gap: .55rem; container-type: inline-size; }
.condition { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: .4rem; }
@container (max-width: 23rem) {
  .conditions { gap: 1rem; }
  .condition { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .condition > :first-child { grid-column: 1 / -1; }
}
@container (max-width: 30rem) {
  .data-row { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  .data-row .from { display: none; }
  .data-row > :first-child { grid-column: 1 / -1; }
}
.question { padding: .85rem; border: 1px solid var(--line); border-radius: 9px; }
.for-options, .for-placeholder, .for-limits { display: none; }
.question:has(option:is([value=select], [value=radio], [value=checkbox]):checked) .for-options, .question:has(option:is([value=text], [value=textarea], [value=email], [value=number]):checked) .for-placeholder, .question:has(option[value=number]:checked) .for-limits { display: grid; }
.attempts { display: grid; gap: 0; }
.attempts > li { position: relative; padding: 0 0 1rem 1.6rem; }
.attempts > li::before { content: ""; position: absolute; left: .3rem; top: .42rem; width: .6rem; height: .6rem; border-radius: 50%; background: var(--edge); }
.attempts > li:not(:last-child)::after { content: ""; position: absolute; left: .55rem; top: 1.2rem; bottom: -.2rem; border-left: 1px solid var(--line); }
.attempts > li[data-tone=good]::before { background: var(--good); }
.attempts > li[data-tone=bad]::before { background: var(--bad); }
.attempts > li[data-tone=wait]::before { background: var(--wait); }
.attempts pre { margin-top: .4rem; max-height: 14rem; }
.change { border-top: 1px solid var(--line); padding: .9rem 0; }
.change:first-of-type { border-top: 0; padding-top: 0; }
.diff { display: grid; gap: .5rem; margin-top: .6rem; font-size: .875rem; }
.diff > div { display: grid; gap: .15rem; }
.diff dt { color: var(--soft); font-size: .8125rem; }
.diff del { background: var(--bad-wash); color: var(--bad); text-decoration-thickness: 1px; border-radius: 3px; padding: 0 .15em; }
.diff ins { background: var(--good-wash); color: var(--good); text-decoration: none; border-radius: 3px; padding: 0 .15em; }
.stage { width: 100%; height: 29rem; border: 1px solid var(--line); border-radius: 8px; background: var(--well); display: block; color-scheme: light dark; }
.staging main { padding: .9rem; min-height: 100vh; }
.staging #stage-words { position: relative; text-align: center; }
.staging #stage-words:not(:empty) { padding: 1.5rem .5rem .5rem; }
.site { display: grid; gap: .8rem; padding-top: .4rem; justify-items: start; }
.site i { display: block; width: 100%; height: .6rem; border-radius: 9px; background: var(--line); opacity: .7; }
.site i:first-child { width: 35%; height: 1rem; }
.site i:last-child { width: 60%; }
#stage-target:not(:empty) { padding: .45rem .8rem; border: 1px dashed var(--edge); border-radius: 8px; background: var(--card); font: .8125rem/1.4 var(--figures); overflow-wrap: anywhere; justify-self: center; margin: 4rem 0; }
`
