/** The body of a token's form, to make tokens of it. */
export const bodyOf = (pattern: RegExp) =>
  new RegExp(
    `^${pattern.source.replace(/^\(\?<!.*?\)\(\?<secret>(.*)\)$/, '$1').replaceAll(/\(\?![^)]*\)/g, '')}$`,
  );

/** The forms of secretlint's recommended rules, by rule; those of addresses and keys stand among the shapes. */
export const knownForms: Record<string, RegExp> = {
  aws: /^A[KS]IA[A-Z2-7]{16}$/,
  'npm auth': /^\/\/registry\.corp\/:_authToken=[a-z0-9]{20}$/,
  npm: /^npm_[A-Za-z0-9_]{36}$/,
  slack: /^(?:xoxb|xoxp|xapp|xoxa|xoxo|xoxr)-[0-9]-[a-zA-Z0-9]{1,20}-[a-zA-Z0-9]{1,20}$/,
  'slack webhook':
    /^https:\/\/hooks\.slack\.com\/services\/T[a-zA-Z0-9]{8}\/B[a-zA-Z0-9]{8}\/[a-zA-Z0-9]{20}$/,
  basicauth: /^https:\/\/[a-z]{3,9}:[a-z0-9]{3,9}@[a-z]{3,9}\.com$/,
  openai: /^sk-[a-zA-Z0-9]{20}T3BlbkFJ[a-zA-Z0-9]{20}$/,
  anthropic: /^sk-ant-api0[0-9]-[A-Za-z0-9_-]{90}AA$/,
  groq: /^gsk_[a-zA-Z0-9]{52}$/,
  huggingface: /^hf_[a-zA-Z]{34}$/,
  linear: /^lin_api_[a-zA-Z0-9_]{32}$/,
  notion: /^ntn_[0-9]{11}[A-Za-z0-9]{35}$/,
  sendgrid: /^SG\.[a-zA-Z0-9]{22}\.[a-zA-Z0-9]{43}$/,
  shopify: /^(?:shppa|shpca|shpat|shpss)_[a-zA-Z0-9]{32}$/,
  stripe: /^(?:sk_live|sk_test|rk_live|rk_test)_[a-zA-Z0-9]{24}$/,
  github: /^(?:ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{36}$/,
  'github fine-grained': /^github_pat_[A-Za-z0-9_]{82}$/,
  gitlab: /^glpat-[A-Za-z0-9_-]{20}$/,
  grafana: /^glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}$/,
  'database-connection-string':
    /^(?:mongodb\+srv|mysql|postgresql):\/\/[a-z]{3,9}:[a-z0-9]{5,9}@db\.corp\/shop$/,
  'hashicorp-vault': /^hvs\.[A-Za-z0-9_-]{90}$/,
  vercel: /^(?:vcp|vci|vca|vcr|vck)_[A-Za-z0-9]{20,60}$/,
  databricks: /^dapi[a-f0-9]{32}$/,
  docker: /^dckr_pat_[a-zA-Z0-9_-]{27}$/,
  figma: /^figd_[A-Za-z0-9_-]{40}$/,
  cloudflare: /^(?:cfk|cfut|cfat)_[A-Za-z0-9]{40}[0-9a-f]{8}$/,
  tailscale: /^tskey-[a-z]{2,20}-[0-9A-Za-z_]{8,40}-[0-9A-Za-z_]{16,60}$/,
};
