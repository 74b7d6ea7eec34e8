import type { ReactNode } from 'react'
import type { Review, Summary } from '../../../services/review-service/contracts/api.ts'
import type { ShownReviews } from '../reviews.server.ts'
import { day } from './dates.ts'
import { Pages } from './page-furniture.tsx'
import { reviewSorts } from './review-sorts.ts'
import { StarRow } from './star-row.tsx'
import { withQuery } from './with-query.ts'

const HERE = '#reviews'

/** What buyers think: the numbers beside the words. */
export function Reviews({ reviews: { answer, sort, rating, url } }: { readonly reviews: ShownReviews }) {
  if (answer === undefined)
    return (
      <Section>
        <p className="soft">The reviews cannot be shown at the moment.</p>
      </Section>
    )
  const { data, summary, page } = answer
  if (summary.count === 0)
    return (
      <Section>
        <p className="soft">
          Nobody has reviewed this yet. Who buys it with an account can, from the page of the order.
        </p>
      </Section>
    )
  return (
    <Section>
      <div className="reviews-columns">
        <Numbers summary={summary} rating={rating} url={url} />
        <div className="stack">
          <div className="reviews-head">
            <p className="soft" role="status">
              {counted(page.total, rating)}
              {rating !== undefined && (
                <>
                  {' '}
                  <a href={withQuery(url, { rating: undefined, page: undefined }) + HERE}>Show all</a>
                </>
              )}
            </p>
            <nav aria-label="Sort reviews by">
              <ul className="sorting">
                {Object.entries(reviewSorts).map(([name, label]) => (
                  <li key={name}>
                    <a
                      href={
                        withQuery(url, { sort: name === 'newest' ? undefined : name, page: undefined }) + HERE
                      }
                      aria-current={name === sort ? 'true' : undefined}
                    >
                      {label}
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
          </div>
          {data.length === 0 ? (
            <p>
              There is nothing on this page.{' '}
              <a href={withQuery(url, { page: undefined }) + HERE}>To the first</a>
            </p>
          ) : (
            <ol className="review-list">
              {data.map((review) => (
                <li key={review.reviewId}>
                  <OneReview review={review} />
                </li>
              ))}
            </ol>
          )}
          <Pages url={url} page={page} fragment={HERE} />
        </div>
      </div>
    </Section>
  )
}

function Section({ children }: { readonly children: ReactNode }) {
  return (
    <section className="page-section" id="reviews" aria-labelledby="reviews-title">
      <h2 id="reviews-title">What buyers say</h2>
      {children}
    </section>
  )
}

function counted(total: number, rating: number | undefined): string {
  const words = `${total.toLocaleString('en-IE')} ${total === 1 ? 'review' : 'reviews'}`
  return rating === undefined ? words : `${words} with ${rating} ${rating === 1 ? 'star' : 'stars'}.`
}

type NumbersProps = {
  readonly summary: Summary
  readonly rating: number | undefined
  readonly url: string
}

/** Average and histogram; each row leads to its reviews. */
function Numbers({ summary: { average, count, histogram }, rating, url }: NumbersProps) {
  const largest = Math.max(...histogram)
  return (
    <div className="review-numbers">
      <p className="review-average">
        <strong>{average.toFixed(1)}</strong>
        <span className="visually-hidden"> of 5 stars on average</span>
        <span aria-hidden="true">
          <StarRow filled={average} />
        </span>
      </p>
      <p className="small soft">
        {count.toLocaleString('en-IE')} {count === 1 ? 'buyer has' : 'buyers have'} reviewed it.
      </p>
      <ul className="histogram" aria-label="Reviews by stars">
        {[5, 4, 3, 2, 1].map((stars) => {
          const found = histogram[stars - 1] ?? 0
          return (
            <li key={stars}>
              <HistogramRow
                stars={stars}
                found={found}
                share={largest === 0 ? 0 : found / largest}
                isChosen={stars === rating}
                href={withQuery(url, { rating: String(stars), page: undefined }) + HERE}
              />
            </li>
          )
        })}
      </ul>
      <p className="small soft">Only who bought a product here can review it.</p>
    </div>
  )
}

type RowProps = {
  readonly stars: number
  readonly found: number
  readonly share: number
  readonly isChosen: boolean
  readonly href: string
}

function HistogramRow({ stars, found, share, isChosen, href }: RowProps) {
  const row = (
    <>
      <span>
        {stars}
        <span className="visually-hidden"> {stars === 1 ? 'star' : 'stars'}:</span>
      </span>
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect className="bar-ground" width="100" height="8" rx="2" />
        <rect className="bar" width={Math.round(share * 100)} height="8" rx="2" />
      </svg>
      <span className="money">
        {found.toLocaleString('en-IE')}
        <span className="visually-hidden"> {found === 1 ? 'review' : 'reviews'}</span>
      </span>
    </>
  )
  if (found === 0) return <span className="histogram-row">{row}</span>
  return (
    <a className="histogram-row" href={href} aria-current={isChosen ? 'true' : undefined}>
      {row}
    </a>
  )
}

function OneReview({
  review: { rating, title, text, locale, author, createdAt, reply },
}: {
  readonly review: Review
}) {
  return (
    <article className="review">
      <p className="review-by small soft">
        <StarRow filled={rating} />
        <span>
          <strong>{author}</strong>, <time dateTime={createdAt}>{day(createdAt)}</time>
        </span>
        <span className="verified">Bought here</span>
      </p>
      <h3 lang={locale}>{title}</h3>
      <p className="review-text" lang={locale}>
        {text}
      </p>
      {reply && (
        <div className="review-reply">
          <p className="small soft">
            <strong>Answer of the shop</strong>,{' '}
            <time dateTime={reply.repliedAt}>{day(reply.repliedAt)}</time>
          </p>
          <p className="review-text">{reply.text}</p>
        </div>
      )}
    </article>
  )
}
