export type ReviewForm = { readonly rating: number; readonly title: string; readonly text: string }
export type ReviewErrors = Partial<Record<keyof ReviewForm, string>>

export const longestTitle = 120 // review-service's contract
export const longestText = 4000

/** What a person can mend at once, in words; the contract's own check comes after. */
export function reviewErrors({ rating, title, text }: ReviewForm): ReviewErrors {
  const errors: ReviewErrors = {}
  if (!Number.isInteger(rating) || rating < 1 || rating > 5) errors.rating = 'Choose one to five stars.'
  if (title === '') errors.title = 'Say it in a few words.'
  else if (title.length > longestTitle) errors.title = `Use at most ${longestTitle} characters.`
  if (text === '') errors.text = 'Tell others what you think of it.'
  else if (text.length > longestText)
    errors.text = `Use at most ${longestText.toLocaleString('en-IE')} characters.`
  return errors
}
