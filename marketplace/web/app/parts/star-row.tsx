import { StarIcon } from './icons.tsx'

/** Five stars, `filled` of them lit. */
export function StarRow({ filled }: { readonly filled: number }) {
  return (
    <span className="star-row">
      <span className="visually-hidden">{filled} of 5 stars</span>
      {[1, 2, 3, 4, 5].map((star) => (
        <span key={star} className={star <= Math.round(filled) ? 'lit' : undefined}>
          <StarIcon />
        </span>
      ))}
    </span>
  )
}
