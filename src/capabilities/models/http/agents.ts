import * as http from 'node:http';
import * as https from 'node:https';
import { isLoopback } from '../chain/base-url.ts';

const agents = new Map<string, http.Agent>();

/** One pool of connections for each protocol; a proxy named by the environment is used for all but this machine. */
export function agentFor(url: URL, env: NodeJS.ProcessEnv): http.Agent {
  const proxied = !isLoopback(url.origin);
  const proxy = env['HTTPS_PROXY'] ?? env['https_proxy'] ?? env['HTTP_PROXY'] ?? env['http_proxy'] ?? '';
  const key = `${url.protocol} ${proxied ? proxy : 'direct'}`;
  const known = agents.get(key);
  if (known !== undefined) return known;
  const options = { keepAlive: true, ...(proxied ? { proxyEnv: env } : {}) };
  const agent = url.protocol === 'https:' ? new https.Agent(options) : new http.Agent(options);
  agents.set(key, agent);
  return agent;
}
