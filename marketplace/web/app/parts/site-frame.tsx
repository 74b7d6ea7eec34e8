import type { Category } from '../../../services/catalog-service/contracts/api.ts'
import { ArcadeMark, BasketIcon, PersonIcon, SearchIcon } from './icons.tsx'

type HeaderProps = {
  readonly departments: readonly Pick<Category, 'slug' | 'name'>[]
  readonly cartItems: number
  readonly isSignedIn: boolean
  readonly pathname: string
  /** What was searched for on this page. */
  readonly query: string
}

export function SiteHeader({ departments, cartItems, isSignedIn, pathname, query }: HeaderProps) {
  const isCheckout = pathname.startsWith('/checkout')
  return (
    <header className="site-header">
      <div className="wrap site-header-row">
        <a className="wordmark" href="/">
          <ArcadeMark />
          colonnade
        </a>
        {!isCheckout && (
          <form className="search" action="/search" role="search">
            <label className="visually-hidden" htmlFor="search">
              Search products
            </label>
            <input
              id="search"
              type="search"
              name="q"
              placeholder="Search products"
              maxLength={100}
              defaultValue={query}
              autoComplete="off"
              list="suggestions"
            />
            <datalist id="suggestions" />
            <button aria-label="Search">
              <SearchIcon />
            </button>
          </form>
        )}
        <nav className="tools" aria-label="Your things">
          {!isCheckout && (
            <a className="tool-link" href={isSignedIn ? '/account' : '/sign-in'}>
              <PersonIcon />
              <span className="label">{isSignedIn ? 'Account' : 'Sign in'}</span>
            </a>
          )}
          <a className="tool-link" href="/cart">
            <BasketIcon />
            <span className="label">Basket</span>
            {cartItems > 0 && (
              <span className="badge">
                {cartItems}
                <span className="visually-hidden"> {cartItems === 1 ? 'item' : 'items'}</span>
              </span>
            )}
          </a>
        </nav>
      </div>
      {!isCheckout && departments.length > 0 && (
        <nav className="departments" aria-label="Departments">
          <ul>
            {departments.map(({ slug, name }) => (
              <li key={slug}>
                <a href={`/c/${slug}`} aria-current={pathname === `/c/${slug}` ? 'page' : undefined}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </header>
  )
}

export function SiteFooter() {
  return (
    <footer className="site-footer">
      <div className="wrap site-footer-row">
        <div className="stack">
          <p>
            <strong>Colonnade</strong> is a row of independent shops behind one basket and one checkout.
          </p>
          <p className="small soft">
            This is a demonstration: products, people and payments are made up, and nothing is delivered.
          </p>
        </div>
        <nav aria-label="Shop">
          <h2>Look around</h2>
          <ul>
            <li>
              <a href="/search?sort=newest">New products</a>
            </li>
            <li>
              <a href="/shops">All shops</a>
            </li>
          </ul>
        </nav>
        <nav aria-label="Account">
          <h2>Yours</h2>
          <ul>
            <li>
              <a href="/account">Orders and account</a>
            </li>
            <li>
              <a href="/cart">Basket</a>
            </li>
          </ul>
        </nav>
      </div>
    </footer>
  )
}
