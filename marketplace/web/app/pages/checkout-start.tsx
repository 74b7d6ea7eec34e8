import { redirect, type ActionFunctionArgs } from 'react-router'
import { formText } from '../form-text.ts'
import { pageProblem } from '../page-problem.ts'
import { visitContext } from '../visit.server.ts'

// Only a form leads here; someone who types the address is shown the basket, where the form is.
export function loader() {
  return redirect('/cart', 303)
}

export async function action({ context, request }: ActionFunctionArgs) {
  const visit = context.get(visitContext)
  if (visit.cart.id === undefined) return redirect('/cart?empty', 303)
  const checkoutId = formText(await request.formData(), 'checkoutId')
  const answer = await visit.shop.checkout.startCheckout({ body: { checkoutId, cartId: visit.cart.id } })
  switch (answer.status) {
    case 201:
      return redirect(`/checkout/${answer.body.data.checkoutId}`, 303)
    case 409:
      return redirect(answer.body.code === 'sold-out' ? '/cart?sold-out' : '/cart?empty', 303)
    case 404:
      return redirect('/cart?empty', 303)
    case 422: // this form belongs to a cart of before: the basket page makes a new one
      return redirect('/cart', 303)
    case 400:
    case 401:
      throw pageProblem(404, 'checkout-not-found')
  }
}
