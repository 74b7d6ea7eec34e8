import { StarIcon } from './icons.tsx'

export function Stars({ average, count }: { readonly average: number; readonly count?: number }) {
  if (average === 0) return null
  return (
    <span className="stars">
      <StarIcon />
      <span>
        <span className="visually-hidden">Rated </span>
        {average.toFixed(1)}
        <span className="visually-hidden"> of 5</span>
        {count !== undefined && ` (${count.toLocaleString('en-IE')})`}
      </span>
    </span>
  )
}
