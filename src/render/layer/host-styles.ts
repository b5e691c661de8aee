/**
 * What every layer begins with: nothing of the page comes in, and it lies above all.
 *
 * What is important here beats what is important on the page.
 */
export const hostStyles = `
:host {
  all: initial !important;
  position: fixed !important;
  inset: 0 !important;
  z-index: 2147483647 !important;
  pointer-events: none !important;
}
.layer {
  color-scheme: light;
  color: var(--text);
  font: 15px/1.5 var(--tourhook-font, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif);
  text-align: start;
  -webkit-font-smoothing: antialiased;
}
*, ::before { box-sizing: border-box }
[hidden] { display: none !important }
`
