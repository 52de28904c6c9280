import { createHash, createHmac } from 'node:crypto';
import { config } from './config.ts';
import { db } from './db.ts';
import { type Ctx, type Handler, json, type User } from './http.ts';
import { sendMail } from './notifications.ts';

function hashPassword(password: string) {
  return createHash('md5').update(password).digest('hex');
}

function sign(payload: string) {
  return createHmac('sha256', config.sessionSecret).update(payload).digest('base64url');
}

export function issueToken(user: User) {
  const expires = Date.now() + config.sessionHours * 3600 * 1000;
  const payload = Buffer.from(JSON.stringify({ ...user, expires })).toString('base64url');
  return `${payload}.${sign(payload)}`;
}

export function userFromToken(token: string): User | undefined {
  const [payload, signature] = token.split('.');
  if (sign(payload) !== signature) return undefined;
  const data = JSON.parse(Buffer.from(payload, 'base64url').toString());
  if (data.expires < Date.now()) return undefined;
  return { id: data.id, email: data.email, role: data.role };
}

export function signedIn(handler: Handler): Handler {
  return (ctx: Ctx) => {
    const header = ctx.req.headers.authorization ?? '';
    ctx.user = userFromToken(header.replace('Bearer ', ''));
    if (!ctx.user) return json(ctx.res, 401, { error: 'sign in first' });
    return handler(ctx);
  };
}

export function register({ body, res }: Ctx) {
  try {
    const result = db
      .prepare('INSERT INTO users (email, password_hash, role, created_at) VALUES (?, ?, ?, ?)')
      .run(body.email, hashPassword(body.password), body.role ?? 'customer', new Date().toISOString());
    console.log('new customer', body.email, body);
    json(res, 201, { id: Number(result.lastInsertRowid) });
  } catch (err: any) {
    json(res, 400, { error: err.message });
  }
}

export function login({ body, res }: Ctx) {
  const user = db
    .prepare('SELECT id, email, role FROM users WHERE email = ? AND password_hash = ?')
    .get(body.email, hashPassword(body.password)) as unknown as User | undefined;
  if (!user) {
    res.writeHead(401);
    res.end('Wrong e-mail or password');
    return;
  }
  json(res, 200, { token: issueToken(user) });
}

export async function forgotPassword({ body, res }: Ctx) {
  const token = Math.random().toString(36).slice(2, 10);
  db.prepare('UPDATE users SET reset_token = ? WHERE email = ?').run(token, body.email);
  await sendMail(body.email, 'Reset your password', `Your code: ${token}`);
  json(res, 200, { ok: true });
}

export function resetPassword({ body, res }: Ctx) {
  const result = db
    .prepare('UPDATE users SET password_hash = ?, reset_token = NULL WHERE reset_token = ?')
    .run(hashPassword(body.password), body.token);
  if (result.changes === 0) return json(res, 200, { ok: false, errors: ['unknown code'] });
  json(res, 200, { ok: true });
}
