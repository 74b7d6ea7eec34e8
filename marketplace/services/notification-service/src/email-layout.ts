import { html, trusted, type Html } from '../../../platform/html.ts'

// E-mail clients are ten years behind browsers: one table for the column, styles inline, and only what degrades well in
// the style sheet (dark colours, small screens). Colours are the shop's own.

export const SHOP_NAME = 'Colonnade'

export type Email = { readonly subject: string; readonly html: string; readonly text: string }

export const style = {
  heading: 'margin:0 0 12px;font-size:28px;line-height:1.2;letter-spacing:-0.01em;font-weight:700',
  lead: 'margin:0 0 24px;font-size:16px;line-height:1.55',
  soft: 'color:#585b66',
  small: 'font-size:14px;line-height:1.5',
} as const

/** The page around a message. `preview` is what inboxes show beside the subject. */
export function emailPage({
  title,
  preview,
  body,
  shopUrl,
}: {
  title: string
  preview: string
  body: Html
  shopUrl: string
}): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${title}</title>
<style>${trusted(STYLE)}</style>
</head>
<body class="ground" style="margin:0;padding:0;background:#f3f2ed;color:#16181f;font-family:'Segoe UI',system-ui,-apple-system,Helvetica,Arial,sans-serif">
<div style="display:none;max-height:0;overflow:hidden">${preview}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:32px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px">
<tr><td style="padding:0 4px 20px"><a class="ink" href="${shopUrl}" style="color:#16181f;text-decoration:none;font-size:20px;font-weight:700;letter-spacing:-0.02em">${SHOP_NAME}</a></td></tr>
<tr><td class="card" style="background:#ffffff;border-radius:12px;padding:36px 36px 32px">${body}</td></tr>
<tr><td class="soft" style="padding:20px 4px 0;color:#585b66;font-size:13px;line-height:1.5">You get this because of what you did at ${SHOP_NAME}. It is a demo shop: no money moved and nothing will be shipped.</td></tr>
</table>
</td></tr></table>
</body>
</html>`.text
}

export function button(label: string, url: string): Html {
  return html`<a class="button" href="${url}" style="display:inline-block;background:#2b3ac7;color:#ffffff;text-decoration:none;font-weight:600;font-size:16px;line-height:1;padding:15px 24px;border-radius:6px">${label}</a>`
}

/** The first name, for a greeting; the whole name if it is one word. */
export function firstNameOf(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name
}

const STYLE = `
:root { color-scheme: light dark; supported-color-schemes: light dark }
@media (max-width: 480px) { .card { padding: 26px 20px 24px !important } }
@media (prefers-color-scheme: dark) {
  .ground { background: #111319 !important; color: #f1f0eb !important }
  .card { background: #1d212a !important }
  .ink { color: #f1f0eb !important }
  .soft { color: #abb0bc !important }
  .rule { border-color: #323743 !important }
  .button { background: #a5b0ff !important; color: #10142f !important }
  .link { color: #a5b0ff !important }
}
`
