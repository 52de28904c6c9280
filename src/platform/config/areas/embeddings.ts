import { z } from 'zod';
import { setting } from '../setting.ts';

/** Which model turns texts into vectors for search. Addresses, paths and what leaves the machine are the user's own. */
export const embeddingsSettings = z.object({
  model: setting(
    z.enum(['built-in', 'onnx', 'ollama', 'openai-compatible', 'off']).default('built-in'),
    'Model behind search by meaning; with off, search goes by words alone.',
    { trust: 'user' },
  ),
  name: setting(
    z.string().min(1).max(200).optional(),
    'Name of the model: as pulled for onnx, as the server calls it for ollama and openai-compatible.',
    { trust: 'user' },
  ),
  path: setting(
    z.string().min(1).max(4_000).optional(),
    'Folder with model.onnx and its tokenizer.json or vocab.txt, for onnx without "troupe models pull".',
    { trust: 'user' },
  ),
  baseUrl: setting(
    z.string().min(1).max(2_000).optional(),
    'Address of the server, for ollama and openai-compatible.',
    { trust: 'user' },
  ),
  keyEnv: setting(
    z.string().min(1).max(200).optional(),
    'Name of the environment variable that holds the key of an openai-compatible server.',
    { trust: 'user' },
  ),
  textsPerRequest: setting(
    z.int().min(1).max(256).default(16),
    'Texts sent to a server in one request, for ollama and openai-compatible.',
  ),
  modelsUrl: setting(
    z.url().max(2_000).default('https://huggingface.co'),
    'Where "troupe models pull" downloads from: Hugging Face, or a mirror with the same paths.',
    { trust: 'user' },
  ),
  idleMs: setting(
    z.int().min(0).max(3_600_000).default(20_000),
    'Time without use after which the model is taken out of memory, in milliseconds.',
  ),
  callTimeoutMs: setting(
    z.int().min(100).max(600_000).default(60_000),
    'Longest wait for a vector, and for a download to go on, in milliseconds.',
  ),
});
