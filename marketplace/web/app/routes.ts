import { index, route, type RouteConfig } from '@react-router/dev/routes'

export default [
  index('pages/home.tsx'),
  route('c/:slug', 'pages/category.tsx'),
  route('search', 'pages/search.tsx'),
  route('search/suggestions', 'pages/search-suggestions.ts'),
  route('p/:slug', 'pages/product.tsx'),
  route('shops', 'pages/shops.tsx'),
  route('shops/:slug', 'pages/shop.tsx'),
  route('cart', 'pages/cart.tsx'),
  route('checkout', 'pages/checkout-start.tsx'),
  route('checkout/:checkoutId', 'pages/checkout-address.tsx'),
  route('checkout/:checkoutId/shipping', 'pages/checkout-shipping.tsx'),
  route('checkout/:checkoutId/payment', 'pages/checkout-payment.tsx'),
  route('checkout/:checkoutId/processing', 'pages/checkout-processing.tsx'),
  route('orders/:orderId', 'pages/order.tsx'),
  route('orders/:orderId/review/:sku', 'pages/write-review.tsx'),
  route('account', 'pages/account.tsx'),
  route('sign-in', 'pages/sign-in.tsx'),
  route('register', 'pages/register.tsx'),
  route('sign-out', 'pages/sign-out.tsx'),
  route('*', 'pages/not-found.tsx'),
] satisfies RouteConfig
