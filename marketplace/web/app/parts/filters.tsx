import type { CountedName, Facets } from '../../../services/search-service/contracts/api.ts'
import { priceText, type SearchWish } from '../search-wish.ts'
import { money } from './money.ts'

type Props = {
  readonly wish: SearchWish
  readonly facets: Facets
  /** Path and query of the page. */
  readonly url: string
  readonly isOneCategory: boolean
}

const SHOWN = 8 // shops before "more"
const CURRENCY = 'EUR'

/** A form of its own address: ticking and pressing the button is all it takes, with or without script. */
export function Filters({ wish, facets, url, isOneCategory }: Props) {
  const chosen = chosenFilters({ wish, facets, url, isOneCategory }).length
  const prices = facets.prices.map(({ priceMin, priceMax, count }) => ({
    range: { min: priceMin, max: priceMax },
    count,
  }))
  const { price } = wish
  if (price && !prices.some(({ range }) => priceText(range) === priceText(price)))
    prices.push({ range: price, count: 0 })
  const ratings = facets.ratings.map(({ rating, count }) => ({ rating, count }))
  if (wish.rating !== undefined && !ratings.some(({ rating }) => rating === wish.rating))
    ratings.push({ rating: wish.rating, count: 0 })

  return (
    <details className="filters">
      <summary>Filters{chosen > 0 && ` (${chosen})`}</summary>
      <form action={url.split('?')[0]}>
        {wish.q !== '' && <input type="hidden" name="q" value={wish.q} />}
        {wish.sort !== undefined && <input type="hidden" name="sort" value={wish.sort} />}
        {!isOneCategory && (
          <Names
            legend="Department"
            field="category"
            values={facets.categories}
            chosen={wish.categories}
            shown={facets.categories.length}
          />
        )}
        {prices.length > 0 && (
          <fieldset>
            <legend>Price</legend>
            <Tick type="radio" name="price" value="" isChosen={!price} text="Any price" />
            {prices.map(({ range, count }) => (
              <Tick
                key={priceText(range)}
                type="radio"
                name="price"
                value={priceText(range)}
                isChosen={price !== undefined && priceText(price) === priceText(range)}
                text={priceWords(range)}
                count={count}
              />
            ))}
          </fieldset>
        )}
        {ratings.length > 0 && (
          <fieldset>
            <legend>Rating</legend>
            <Tick
              type="radio"
              name="rating"
              value=""
              isChosen={wish.rating === undefined}
              text="Any rating"
            />
            {ratings.map(({ rating, count }) => (
              <Tick
                key={rating}
                type="radio"
                name="rating"
                value={String(rating)}
                isChosen={wish.rating === rating}
                text={ratingWords(rating)}
                count={count}
              />
            ))}
          </fieldset>
        )}
        <Names legend="Shop" field="seller" values={facets.sellers} chosen={wish.sellers} shown={SHOWN} />
        <button className="button quiet wide">Show products</button>
      </form>
    </details>
  )
}

/** What is chosen, each a link that takes it back. */
export function ChosenFilters(props: Props) {
  const chosen = chosenFilters(props)
  if (chosen.length === 0) return null
  return (
    <nav aria-label="Chosen filters">
      <ul className="sorting chosen">
        {chosen.map(({ text, without }) => (
          <li key={text}>
            <a href={without}>
              {text}
              <span aria-hidden="true"> ×</span>
              <span className="visually-hidden"> (take this filter away)</span>
            </a>
          </li>
        ))}
        {chosen.length > 1 && (
          <li>
            <a href={withoutFilters(props.url)}>Clear all</a>
          </li>
        )}
      </ul>
    </nav>
  )
}

/** The same words and order without any filter. */
export function withoutFilters(url: string): string {
  return changed(url, (query) => {
    for (const name of ['category', 'seller', 'price', 'rating']) query.delete(name)
  })
}

function chosenFilters({ wish, facets, url, isOneCategory }: Props): { text: string; without: string }[] {
  const nameOf = (values: readonly CountedName[], slug: string) =>
    values.find((value) => value.slug === slug)?.name ?? slug
  const without = (name: string, value?: string) => changed(url, (query) => query.delete(name, value))
  return [
    ...(isOneCategory ? [] : wish.categories).map((slug) => ({
      text: nameOf(facets.categories, slug),
      without: without('category', slug),
    })),
    ...(wish.price ? [{ text: priceWords(wish.price), without: without('price') }] : []),
    ...(wish.rating === undefined ? [] : [{ text: ratingWords(wish.rating), without: without('rating') }]),
    ...wish.sellers.map((slug) => ({
      text: nameOf(facets.sellers, slug),
      without: without('seller', slug),
    })),
  ]
}

function changed(url: string, change: (query: URLSearchParams) => void): string {
  const [path, text] = url.split('?')
  const query = new URLSearchParams(text)
  change(query)
  query.delete('page')
  const rest = query.toString()
  return rest === '' ? path! : `${path}?${rest}`
}

type NamesProps = {
  readonly legend: string
  readonly field: string
  readonly values: readonly CountedName[]
  readonly chosen: readonly string[]
  /** The others wait behind "more". */
  readonly shown: number
}

function Names({ legend, field, values, chosen, shown }: NamesProps) {
  if (values.length === 0) return null
  const tick = ({ slug, name, count }: CountedName) => (
    <Tick
      key={slug}
      type="checkbox"
      name={field}
      value={slug}
      isChosen={chosen.includes(slug)}
      text={name}
      count={count}
    />
  )
  // A ticked one must not hide behind "more".
  const first = values.filter(({ slug }, i) => i < shown || chosen.includes(slug))
  const more = values.filter((value) => !first.includes(value))
  return (
    <fieldset>
      <legend>{legend}</legend>
      {first.map(tick)}
      {more.length > 0 && (
        <details>
          <summary className="small">{more.length} more</summary>
          {more.map(tick)}
        </details>
      )}
    </fieldset>
  )
}

type TickProps = {
  readonly type: 'checkbox' | 'radio'
  readonly name: string
  readonly value: string
  readonly isChosen: boolean
  readonly text: string
  readonly count?: number
}

function Tick({ type, name, value, isChosen, text, count }: TickProps) {
  return (
    <label className="tick">
      <input type={type} name={name} value={value} defaultChecked={isChosen} />
      <span>{text}</span>
      {count !== undefined && <span className="soft small">{count.toLocaleString('en-IE')}</span>}
    </label>
  )
}

function priceWords({ min, max }: { readonly min: number; readonly max: number | undefined }): string {
  const whole = (cents: number) => money(cents, CURRENCY).replace(/\.00$/, '')
  if (max === undefined) return `${whole(min)} and more`
  return min === 0 ? `Under ${whole(max)}` : `${whole(min)} to ${whole(max)}`
}

function ratingWords(rating: number): string {
  return rating === 5 ? '5 stars' : `${rating} stars and more`
}
