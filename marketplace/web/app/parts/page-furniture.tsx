import type { ReactNode } from 'react'
import { sorts } from './sorts.ts'
import { pageNumbers } from './page-numbers.ts'
import { withQuery } from './with-query.ts'

export function Breadcrumbs({
  trail,
  here,
}: {
  readonly trail: readonly (readonly [label: string, href: string])[]
  readonly here: string
}) {
  return (
    <nav className="breadcrumbs" aria-label="You are here">
      <ol>
        {[['Home', '/'] as const, ...trail].map(([label, href]) => (
          <li key={href}>
            <a href={href}>{label}</a>
          </li>
        ))}
        <li aria-current="page">{here}</li>
      </ol>
    </nav>
  )
}

export function Sorting({
  url,
  current,
  first = sorts.featured,
}: {
  readonly url: string
  readonly current: keyof typeof sorts
  /** What the order without a wish is called here. */
  readonly first?: string
}) {
  return (
    <nav aria-label="Sort by">
      <ul className="sorting">
        {Object.entries(sorts).map(([sort, label]) => (
          <li key={sort}>
            <a
              href={withQuery(url, { sort: sort === 'featured' ? undefined : sort, page: undefined })}
              aria-current={sort === current ? 'true' : undefined}
            >
              {sort === 'featured' ? first : label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** `fragment`: where on the page the list begins, when it is not the page's own. */
export function Pages({
  url,
  page,
  fragment = '',
}: {
  readonly url: string
  readonly fragment?: string
  readonly page: { readonly number: number; readonly size: number; readonly total: number }
}) {
  const last = Math.ceil(page.total / page.size)
  if (last < 2) return null
  const href = (number: number) =>
    withQuery(url, { page: number === 1 ? undefined : String(number) }) + fragment
  return (
    <nav className="pages" aria-label="Pages">
      {page.number > 1 && (
        <a href={href(page.number - 1)} rel="prev">
          Previous
        </a>
      )}
      {pageNumbers(page.number, last).map((number, i) =>
        number === undefined ? (
          <span key={`gap-${i}`} aria-hidden="true">
            …
          </span>
        ) : (
          <a
            key={number}
            href={href(number)}
            aria-label={`Page ${number}`}
            aria-current={number === page.number ? 'page' : undefined}
          >
            {number}
          </a>
        ),
      )}
      {page.number < last && (
        <a href={href(page.number + 1)} rel="next">
          Next
        </a>
      )}
    </nav>
  )
}

type NoticeProps = {
  readonly kind?: 'good' | 'warn' | 'bad'
  readonly focus?: boolean
  readonly children: ReactNode
}

/** `focus`: the answer to what the visitor just did, so it is where reading goes on. */
export function Notice({ kind, focus = false, children }: NoticeProps) {
  return (
    <div
      className={`notice ${kind ?? ''}`}
      role={kind === 'bad' ? 'alert' : 'status'}
      {...(focus && { tabIndex: -1, 'data-focus': true })}
    >
      {children}
    </div>
  )
}
