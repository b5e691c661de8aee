/** The frame of every page, and what pages are made of. */
export const pageStyles = `
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; z-index: 9; background: var(--card); padding: .5rem 1rem; border-radius: 8px; }
.shell { display: grid; grid-template-columns: 14.5rem minmax(0, 1fr); min-height: 100vh; }
.side { position: sticky; top: 0; height: 100vh; display: flex; flex-direction: column; gap: 1rem; padding: 1.1rem .75rem .75rem; border-right: 1px solid var(--line); background: var(--card); overflow: auto; }
.brand { display: flex; align-items: center; gap: .6rem; padding: 0 .5rem; font-weight: 680; letter-spacing: -.015em; font-size: 1.0625rem; color: var(--ink); text-decoration: none; }
.side nav { flex: 1; }
.side nav ul { display: grid; gap: 1px; }
.side nav a { display: flex; align-items: center; gap: .65rem; padding: .42rem .6rem; border-radius: 8px; color: var(--soft); text-decoration: none; font-weight: 520; font-size: .9rem; }
.side nav a:hover { background: var(--well); color: var(--ink); }
.side nav a[aria-current] { background: var(--accent-wash); color: var(--accent); font-weight: 600; }
.side nav .count { margin-left: auto; }
.side nav li.gap { margin-top: .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
.count { min-width: 1.35rem; padding: 0 .35rem; border-radius: 99px; background: var(--wait-wash); color: var(--wait); font: 600 .75rem/1.35rem var(--text); text-align: center; font-variant-numeric: tabular-nums; }
.who { display: flex; align-items: center; gap: .6rem; padding: .6rem; border-top: 1px solid var(--line); font-size: .8125rem; line-height: 1.3; }
.who .face { width: 1.9rem; height: 1.9rem; border-radius: 50%; display: grid; place-items: center; background: var(--accent-wash); color: var(--accent); font-weight: 650; flex: none; }
.who .name { min-width: 0; flex: 1; overflow-wrap: anywhere; }
.who .name b { display: block; font-weight: 600; }
.main { padding: 1.6rem clamp(1rem, 3.2vw, 2.5rem) 4rem; max-width: 82rem; width: 100%; }
.head { display: flex; flex-wrap: wrap; gap: .75rem 1.25rem; align-items: flex-end; justify-content: space-between; margin-bottom: 1.35rem; }
.head > div:first-child { min-width: 0; flex: 1 1 20rem; }
.head .lead { color: var(--soft); margin-top: .3rem; max-width: 46rem; }
.crumbs { display: flex; flex-wrap: wrap; gap: .35rem; font-size: .8125rem; margin-bottom: .35rem; color: var(--soft); }
.crumbs a { color: inherit; }
.titled { display: flex; flex-wrap: wrap; align-items: center; gap: .6rem; }

.stack { display: grid; gap: 1.25rem; align-content: start; min-width: 0; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: var(--round); box-shadow: var(--shade); padding: 1.1rem 1.2rem; min-width: 0; }
.card > header { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .4rem 1rem; margin-bottom: .85rem; }
.card > header p { color: var(--soft); font-size: .8125rem; }
.card.flush { padding: 0; overflow: hidden; }
.card.flush > header { padding: 1rem 1.2rem 0; }
.card.danger { border-color: color-mix(in oklab, var(--bad) 35%, var(--line)); }
.cards { display: grid; gap: 1.25rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); }
.split { display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr); align-items: start; }
@media (min-width: 70rem) {
  .split { grid-template-columns: minmax(0, 1.15fr) minmax(0, .85fr); }
  .split.three { grid-template-columns: 13.5rem minmax(0, 1.35fr) minmax(0, .85fr); }
  .split > aside { position: sticky; top: 1.25rem; }
}

.badge { display: inline-flex; align-items: center; gap: .3rem; padding: .08rem .5rem; border-radius: 99px; background: var(--well); color: var(--soft); font-size: .75rem; font-weight: 600; line-height: 1.5; white-space: nowrap; }
.badge[data-tone=good] { background: var(--good-wash); color: var(--good); }
.badge[data-tone=bad] { background: var(--bad-wash); color: var(--bad); }
.badge[data-tone=wait] { background: var(--wait-wash); color: var(--wait); }
.badge[data-tone=info] { background: var(--accent-wash); color: var(--accent); }
.badge .icon { width: .8rem; height: .8rem; }
.tag { display: inline-block; padding: 0 .4rem; border-radius: 5px; background: var(--well); font: .75rem/1.55 var(--figures); overflow-wrap: anywhere; }

.rows > li { border-top: 1px solid var(--line); }
.rows > li:first-child { border-top: 0; }
.row { display: grid; gap: .15rem 1rem; align-items: center; padding: .75rem 1.2rem; color: inherit; text-decoration: none; grid-template-columns: minmax(0, 1.5fr) minmax(0, 1fr) minmax(7.5rem, max-content); }
a.row:hover, .row:has(a.whole:hover) { background: color-mix(in oklab, var(--accent-wash) 55%, transparent); }
.row.four { grid-template-columns: minmax(0, 1.4fr) minmax(0, 1.1fr) minmax(0, .9fr) 7.5rem; }
.row .main-line { font-weight: 580; overflow-wrap: anywhere; }
.row .sub { color: var(--soft); font-size: .8125rem; overflow-wrap: anywhere; min-width: 0; }
.row .cut { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.row .end { text-align: right; justify-self: end; max-width: 11rem; }
.row { position: relative; }
.row a.whole { color: inherit; text-decoration: none; }
.row a.whole::after { content: ""; position: absolute; inset: 0; }
.row .above { position: relative; }
@media (max-width: 48rem) {
  .row, .row.four { grid-template-columns: minmax(0, 1fr) auto; padding: .75rem 1rem; }
  .row > .wide { grid-column: 1 / -1; }
  .row > .wide:empty { display: none; }
  .row > .end { grid-column: 2; grid-row: 1; align-self: start; }
}

.row.alerts { grid-template-columns: minmax(0, 1fr); }
.row.alerts summary .sub { display: block; }
.row.alerts summary .badge { vertical-align: middle; }

.empty { text-align: center; padding: 3rem 1.5rem; color: var(--soft); display: grid; gap: .6rem; justify-items: center; }
.empty > .icon { width: 2.1rem; height: 2.1rem; stroke-width: 1; color: var(--accent); }
.empty h2 { color: var(--ink); }
.empty p { max-width: 32rem; }
.note { display: flex; gap: .6rem; align-items: flex-start; padding: .7rem .9rem; border-radius: 9px; background: var(--accent-wash); font-size: .9rem; }
.note .icon { margin-top: .2rem; color: var(--accent); }
.note[data-tone=good] { background: var(--good-wash); } .note[data-tone=good] .icon { color: var(--good); }
.note[data-tone=bad] { background: var(--bad-wash); } .note[data-tone=bad] .icon { color: var(--bad); }
.note[data-tone=wait] { background: var(--wait-wash); } .note[data-tone=wait] .icon { color: var(--wait); }
.note p + p, .note ul { margin-top: .25rem; }
.main > .note { margin-bottom: 1.25rem; }
.facts { display: grid; grid-template-columns: minmax(7rem, auto) minmax(0, 1fr); gap: .5rem 1.25rem; font-size: .875rem; }
.facts dt { color: var(--soft); }
.facts dd { overflow-wrap: anywhere; }
.json { background: var(--well); border-radius: 8px; padding: .85rem 1rem; overflow: auto; line-height: 1.6; max-height: 34rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.json + .button, .json + .hint { margin-top: .6rem; }
.json .k { color: var(--accent); } .json .s { color: var(--good); } .json .n { color: var(--wait); }
details > summary { cursor: pointer; color: var(--soft); font-size: .875rem; }
details > summary:hover { color: var(--ink); }
details[open] > summary { margin-bottom: .75rem; }
details.confirm > summary { list-style: none; display: inline-flex; }
details.confirm > summary::-webkit-details-marker { display: none; }
.tabs { display: flex; gap: .15rem; overflow-x: auto; margin-bottom: 1.25rem; border-bottom: 1px solid var(--line); }
.tabs a { padding: .5rem .8rem; color: var(--soft); text-decoration: none; font-weight: 540; font-size: .9rem; border-bottom: 2px solid transparent; white-space: nowrap; }
.tabs a:hover { color: var(--ink); }
.tabs a[aria-current] { color: var(--accent); border-color: var(--accent); }
.filters { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 9.5rem), 1fr)); align-items: end; }

.pager { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.progress { display: grid; gap: .5rem; }
progress { width: 100%; height: .6rem; accent-color: var(--accent); }

.door { min-height: 100vh; display: grid; place-items: center; padding: 1.25rem; }
.door > main { width: min(100%, 25rem); display: grid; gap: 1.25rem; }
.door .brand { justify-content: center; font-size: 1.3rem; }
.door .mark { width: 2.4rem; height: 2.4rem; }
.door .card { padding: 1.6rem; }

@media (max-width: 60rem) {
  .shell { grid-template-columns: minmax(0, 1fr); grid-template-rows: auto 1fr; }
  .side { position: static; height: auto; display: grid; grid-template-columns: 1fr auto; align-items: center; gap: .5rem; padding: .7rem .9rem 0; border-right: 0; border-bottom: 1px solid var(--line); overflow: visible; }
  .side nav { grid-column: 1 / -1; grid-row: 2; margin: 0 -.4rem; padding-bottom: .6rem; }
  .side nav ul { display: flex; flex-wrap: wrap; align-items: center; }
  .side nav a { padding: .3rem .38rem; font-size: .8125rem; gap: .25rem; white-space: nowrap; }
  .side nav .icon { display: none; }
  .side nav li.gap { margin: 0; padding: 0; border: 0; }
  .who { border: 0; padding: 0; }
  .who .name { display: none; }
  .main { padding-top: 1.2rem; }
}
@media (max-width: 30rem) {
  .tabs { flex-wrap: wrap; }
  .card { padding: 1rem; }
  .facts { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .facts dd { margin-bottom: .6rem; }
  .head .buttons { width: 100%; }
}
@media (prefers-contrast: more) { :root { --line: var(--edge); --soft: var(--ink); } }
`
