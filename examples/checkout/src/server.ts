import { createServer } from 'node:http';
import { backup, listCustomers, salesByDay, updatePrice } from './admin.ts';
import { forgotPassword, login, register, resetPassword, signedIn } from './auth.ts';
import { addToCart, removeFromCart, showCart } from './cart.ts';
import { getProduct, searchProducts } from './catalog.ts';
import { config } from './config.ts';
import { findRoute, json, readBody, route } from './http.ts';
import { getInvoice } from './invoices.ts';
import { checkout, getOrder, listOrders, refundOrder } from './orders.ts';
import { startStandIn } from './payments.ts';

route('POST', '/register', register);
route('POST', '/login', login);
route('POST', '/password/forgot', forgotPassword);
route('POST', '/password/reset', resetPassword);
route('GET', '/products', searchProducts);
route('GET', '/products/:sku', getProduct);
route('GET', '/cart', signedIn(showCart));
route('POST', '/cart/items', signedIn(addToCart));
route('DELETE', '/cart/items/:sku', signedIn(removeFromCart));
route('POST', '/checkout', signedIn(checkout));
route('GET', '/orders', signedIn(listOrders));
route('GET', '/orders/:id', signedIn(getOrder));
route('POST', '/orders/:id/refund', signedIn(refundOrder));
route('GET', '/invoices/:name', signedIn(getInvoice));
route('GET', '/admin/customers', signedIn(listCustomers));
route('GET', '/admin/sales', signedIn(salesByDay));
route('PUT', '/admin/products/:sku/price', signedIn(updatePrice));
route('POST', '/admin/backup', signedIn(backup));

process.on('uncaughtException', (err) => console.log('uncaught', err));
process.on('unhandledRejection', (err) => console.log('unhandled', err));

if (!config.paymentUrl) await startStandIn();

export const server = createServer(async (req, res) => {
  const url = new URL(req.url!, 'http://localhost');
  const found = findRoute(req.method!, url.pathname);
  res.setHeader('access-control-allow-origin', '*');
  if (!found) return json(res, 404, { error: 'not found' });
  try {
    const body = req.method === 'GET' ? {} : await readBody(req);
    await found.handler({ req, res, params: found.params, query: url.searchParams, body });
  } catch (err: any) {
    console.log(err);
    json(res, 500, { error: err.message, stack: err.stack });
  }
});

server.listen(config.port, () => {
  console.log(`checkout listens on ${JSON.stringify(server.address())}`);
});
