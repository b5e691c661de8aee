/** Charts, drawn by the server. */
export const chartStyles = `
.chart { display: block; width: 100%; height: 6.5rem; overflow: visible; }
.plot { position: relative; display: grid; gap: .3rem; padding-top: 1.1rem; }
.plot .most { position: absolute; top: 0; left: 0; }
.hours { display: flex; justify-content: space-between; }
.plot .most, .hours { color: var(--soft); font-size: .75rem; font-variant-numeric: tabular-nums; line-height: 1; }
@media (max-width: 40rem) {
  .hours.days span:is(:nth-child(2n), :nth-last-child(2)):not(:last-child) { visibility: hidden; }
}
svg.spark { width: 7.5rem; height: 1.5rem; }
.fared { display: grid; gap: .15rem; align-content: start; }
.chart .grid { stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke; }
.chart .delivered { fill: light-dark(#4c9a74, #4f9f7b); }
.chart .failed { fill: light-dark(#cf4a40, #e0736a); }
.chart .pending { fill: light-dark(#c99324, #c99a43); }
.chart a:hover rect.hit, .chart a:focus-visible rect.hit { fill: var(--accent); opacity: .1; }
.chart rect.hit { fill: transparent; }
.chart [aria-current] rect.hit { fill: var(--accent); opacity: .14; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; font-size: .8125rem; color: var(--soft); }
.legend i { display: inline-block; width: .65rem; height: .65rem; border-radius: 3px; margin-right: .4rem; }
.legend .delivered i { background: light-dark(#4c9a74, #4f9f7b); }
.legend .failed i { background: light-dark(#cf4a40, #e0736a); }
.legend .pending i { background: light-dark(#c99324, #c99a43); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: 1rem; }
.figure b { display: block; font-size: 1.6rem; line-height: 1.2; font-weight: 640; letter-spacing: -.02em; font-variant-numeric: tabular-nums; }
.figure span { color: var(--soft); font-size: .8125rem; }
.numbers { width: 100%; border-collapse: collapse; font-size: .8125rem; font-variant-numeric: tabular-nums; }
.numbers th, .numbers td { text-align: right; padding: .2rem .5rem; border-top: 1px solid var(--line); font-weight: 400; }
.numbers th:first-child { text-align: left; }
`
