const stroke = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.75,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const

export function BasketIcon() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" {...stroke}>
      <path d="M4 9h16l-1.4 9.2a2 2 0 0 1-2 1.8H7.4a2 2 0 0 1-2-1.8zM8 9l3-5.5M16 9l-3-5.5" />
    </svg>
  )
}

export function PersonIcon() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" {...stroke}>
      <circle cx="12" cy="8" r="3.6" />
      <path d="M5 20v-1a7 7 0 0 1 14 0v1z" />
    </svg>
  )
}

export function SearchIcon() {
  return (
    <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" {...stroke}>
      <circle cx="10.5" cy="10.5" r="6" />
      <path d="m15 15 5 5" />
    </svg>
  )
}

export function ArcadeMark() {
  return (
    <svg viewBox="0 0 34 26" aria-hidden="true">
      <path className="wordmark-side" d="M0 26V10.5a5 5 0 0 1 10 0V26z" />
      <path className="wordmark-middle" d="M12 26V6a5 5 0 0 1 10 0v20z" />
      <path className="wordmark-side" d="M24 26V10.5a5 5 0 0 1 10 0V26z" />
    </svg>
  )
}

export function StarIcon() {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true">
      <path d="m10 1.8 2.5 5.3 5.7.7-4.2 4 1.1 5.7L10 14.7l-5.1 2.8L6 11.8 1.8 7.8l5.7-.7z" />
    </svg>
  )
}
