/** The inbox's whole style sheet: one column, light and dark, no script anywhere. */
export const CSS = `
:root { color-scheme: light dark; --ground: #f7f6f3; --card: #fff; --ink: #1d2024; --soft: #62676e; --line: #e2e0da; --accent: #3b4cca; --hover: #f0eff9 }
@media (prefers-color-scheme: dark) { :root { --ground: #15171a; --card: #1d2024; --ink: #eceae5; --soft: #a3a8b0; --line: #33373d; --accent: #a4b0ff; --hover: #262a36 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
header { padding: 1rem max(1rem, calc(50vw - 24rem)); border-bottom: 1px solid var(--line); background: var(--card) }
header a { color: inherit; text-decoration: none } header span { color: var(--soft); margin-left: .4rem }
main { max-width: 50rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
h1 { font-size: 1.6rem; line-height: 1.25; margin: .25rem 0 1rem; letter-spacing: -.01em; overflow-wrap: anywhere }
a { color: var(--accent) } a:focus-visible, button:focus-visible, input:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.soft, time, .recipient { color: var(--soft) }
.search { display: flex; gap: .6rem; align-items: center; flex-wrap: wrap; margin-bottom: 1.25rem }
.search input { flex: 1 1 14rem; max-width: 22rem; padding: .5rem .7rem; border: 1px solid var(--soft); border-radius: 6px; background: var(--card); color: inherit; font: inherit }
.search button { padding: .5rem 1rem; border: 1px solid var(--soft); border-radius: 6px; background: var(--card); color: inherit; font: inherit; cursor: pointer }
.inbox { list-style: none; margin: 0; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: 10px; overflow: hidden }
.inbox:empty { display: none }
.inbox li + li { border-top: 1px solid var(--line) }
.inbox a { display: grid; grid-template: "sender time" "subject subject" "recipient recipient" / 1fr auto; gap: 0 1rem; padding: .8rem 1rem; color: inherit; text-decoration: none }
.inbox a:hover { background: var(--hover) } .inbox a:focus-visible { outline-offset: -3px }
.sender { grid-area: sender; font-size: .9rem; color: var(--soft) } .subject { grid-area: subject; font-weight: 600; overflow-wrap: anywhere }
.recipient { grid-area: recipient; font-size: .9rem; overflow-wrap: anywhere } .inbox time { grid-area: time; font-size: .9rem; font-variant-numeric: tabular-nums }
.empty { background: var(--card); border: 1px dashed var(--line); border-radius: 10px; padding: 2rem; text-align: center; color: var(--soft) } .empty p { margin: .2rem 0 } .empty strong { color: var(--ink) }
.back { margin: 0 0 .5rem } dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0 0 1.25rem; font-size: .95rem } dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere }
iframe { width: 100%; height: 62rem; border: 1px solid var(--line); border-radius: 10px; background: var(--card) }
details { margin-top: 1rem; border: 1px solid var(--line); border-radius: 10px; background: var(--card); padding: .7rem 1rem } summary { cursor: pointer }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: .9rem/1.5 ui-monospace, monospace; margin: .8rem 0 0 }
`
