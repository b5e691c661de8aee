/** What the panel adds to the renderer's style. */
export const panelStyles = `
.debug { inset: auto auto 20px 20px !important; font-size: 13px }
summary { padding: 12px 16px; font-weight: 650; cursor: pointer }
summary::before { content: ""; display: inline-block; width: 9px; height: 9px; margin-inline-end: 9px; border-radius: 50%; background: #15803d }
[data-tone=warning] summary::before { background: #d97706 }
[data-tone=problem] summary::before { background: var(--wrong) }
[aria-label="What is wrong"] { max-height: min(340px, 40dvh) }
[aria-label="What has happened"] { max-height: min(220px, 24dvh) }
.debug ol { overflow: auto; padding: 0; border-top: 1px solid var(--line); list-style: none; overflow-wrap: anywhere }
.debug ol:empty { display: none }
.debug li { margin: 0; padding: 8px 16px; border-bottom: 1px solid var(--line) }
.debug li:last-child { border: 0 }
.debug .problem { color: var(--wrong) }
.debug .warning::before { content: "Warning: "; font-weight: 650 }
pre { margin: 6px 0 0; padding: 8px 10px; border-radius: 7px; background: var(--raised); color: var(--text); font: 12px/1.5 ui-monospace, monospace; white-space: pre-wrap }
@media (max-width: 480px) { .debug { inset: 12px 12px auto !important } }
`
