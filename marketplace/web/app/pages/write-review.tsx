import {
  data,
  redirect,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router'
import { formText } from '../form-text.ts'
import { pageProblem } from '../page-problem.ts'
import { artUrl } from '../parts/art-url.ts'
import { ErrorSummary, Field } from '../parts/field.tsx'
import { StarIcon } from '../parts/icons.tsx'
import { findArt } from '../product.server.ts'
import { longestText, longestTitle, reviewErrors, type ReviewErrors } from '../review-form.ts'
import { findOwnReviews } from '../reviews.server.ts'
import { visitContext } from '../visit.server.ts'

export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const visit = context.get(visitContext)
  const { orderId, sku } = place(params)
  if (!visit.isSignedIn) throw redirect(`/sign-in?to=${encodeURIComponent(new URL(request.url).pathname)}`)
  const purchase = (await findOwnReviews(visit, orderId))[sku]
  if (purchase === undefined) throw pageProblem(404, 'order-not-found')
  if (purchase.review !== undefined) throw redirect(`/orders/${orderId}`)
  return { purchase, art: (await findArt(visit.shop, [sku]))[sku] }
}

export async function action({ context, params, request }: ActionFunctionArgs) {
  const { shop } = context.get(visitContext)
  const { orderId, sku } = place(params)
  const form = await request.formData()
  const kept = {
    rating: Number(formText(form, 'rating') || Number.NaN),
    title: formText(form, 'title').trim(),
    // Browsers send two characters for a line break; the limit counts what the person sees.
    text: formText(form, 'text').trim().replaceAll('\r\n', '\n'),
  }
  const errors = reviewErrors(kept)
  if (Object.keys(errors).length > 0) return data({ kept, errors }, { status: 422 })
  const answer = await shop.review.writeReview({ body: { orderId, sku, ...kept, locale: 'en' } })
  switch (answer.status) {
    case 201:
      return redirect(`/orders/${orderId}?reviewed=${answer.body.data.status}`, 303)
    case 409: // the other tab was first: the order page shows that one
      return redirect(`/orders/${orderId}`, 303)
    case 401:
      return redirect(`/sign-in?to=${encodeURIComponent(new URL(request.url).pathname)}`, 303)
    default:
      throw pageProblem(404, 'order-not-found')
  }
}

function place(params: LoaderFunctionArgs['params']): { orderId: string; sku: string } {
  return { orderId: params['orderId']!, sku: params['sku']! }
}

const words = ['bad', 'not good', 'all right', 'good', 'excellent']

export default function WriteReviewPage() {
  const { purchase, art } = useLoaderData<typeof loader>()
  const sent = useActionData<typeof action>()
  const errors: ReviewErrors = sent?.errors ?? {}
  const { sku, name, orderId } = purchase
  return (
    <main id="main" tabIndex={-1} className="wrap page">
      <title>{`Review ${name} · Colonnade`}</title>
      <meta name="robots" content="noindex" />
      <div className="narrow">
        <h1>What do you think of it?</h1>
        <div className="line">
          <img className="thumb" src={artUrl(sku, art)} alt="" width={72} height={90} />
          <p>{name}</p>
        </div>
        <ErrorSummary errors={errors} />
        <form method="post" noValidate>
          <fieldset className="star-choice" aria-describedby={errors.rating ? 'rating-error' : 'rating-hint'}>
            <legend className="label-text">Stars</legend>
            {words.map((word, i) => (
              <label key={word}>
                <input
                  type="radio"
                  id={i === 0 ? 'rating' : undefined} // where the list of errors leads
                  name="rating"
                  value={i + 1}
                  required
                  defaultChecked={sent?.kept.rating === i + 1}
                />
                <StarIcon />
                <span className="visually-hidden">
                  {i + 1} {i === 0 ? 'star' : 'stars'}, {word}
                </span>
              </label>
            ))}
            <span className="field-hint" id="rating-hint">
              One is bad, five is excellent.
            </span>
            {errors.rating && (
              <span className="field-error" id="rating-error">
                {errors.rating}
              </span>
            )}
          </fieldset>
          <Field
            label="In a few words"
            name="title"
            required
            maxLength={longestTitle}
            defaultValue={sent?.kept.title ?? ''}
            error={errors.title}
          />
          <div className="field">
            <label htmlFor="text">Your review</label>
            <span className="field-hint" id="text-hint">
              What is it like to use? Please no links, addresses or names of others.
            </span>
            <textarea
              id="text"
              name="text"
              rows={7}
              required
              maxLength={longestText}
              defaultValue={sent?.kept.text ?? ''}
              aria-invalid={errors.text ? true : undefined}
              aria-describedby={errors.text ? 'text-hint text-error' : 'text-hint'}
            />
            {errors.text && (
              <span className="field-error" id="text-error">
                {errors.text}
              </span>
            )}
          </div>
          <p className="small soft">It appears with your first name and the initial of your last name.</p>
          <button className="button wide">Send the review</button>
        </form>
        <p>
          <a href={`/orders/${orderId}`}>Back to the order</a>
        </p>
      </div>
    </main>
  )
}
