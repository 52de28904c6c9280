import { defineErrors } from '../../kernel/index.ts';

interface ModelFacts {
  /** Which model, for people. */
  label: string;
}

const seconds = (ms: number) => `${Number((ms / 1000).toFixed(1))} s`;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

/** Everything that can go wrong between a text and its vector. None of it stops the search by words. */
export const embeddingErrors = defineErrors({
  'embeddings.thread_failed': {
    category: 'unavailable',
    retryable: true,
    message: (facts: ModelFacts & { reason: string }) =>
      `The thread of ${facts.label} ended: ${facts.reason}.`,
    remedy:
      'Search again; a new thread is started. If it ends again, set embeddings.model to built-in or off.',
  },
  'embeddings.timed_out': {
    category: 'unavailable',
    retryable: true,
    message: (facts: ModelFacts & { limitMs: number }) =>
      `${facts.label} gave no vector within ${seconds(facts.limitMs)}.`,
    remedy: 'Search again when the machine or the server is less busy, or raise embeddings.call_timeout_ms.',
  },
  'embeddings.closed': {
    category: 'unavailable',
    retryable: true,
    message: (facts: ModelFacts) => `${facts.label} was closed before its vectors were ready.`,
    remedy: 'Search again; the model is loaded again.',
  },
  'embeddings.model_unnamed': {
    category: 'invalid',
    message: (facts: { model: string; settings: string }) =>
      `embeddings.model is ${facts.model}, which needs ${facts.settings}.`,
    remedy: (facts: { settings: string }) =>
      `Set ${facts.settings} in your own configuration, or embeddings.model to built-in.`,
  },
  'embeddings.model_missing': {
    category: 'not-found',
    message: (facts: ModelFacts & { file: string; folder: string; pull: string | undefined }) =>
      `${facts.label} has no ${facts.file} in ${facts.folder}.`,
    remedy: (facts: { pull: string | undefined }) =>
      facts.pull === undefined
        ? 'Point embeddings.path to a folder that holds model.onnx and tokenizer.json.'
        : `Run "troupe models pull ${facts.pull}", or point embeddings.path to a folder that holds the files.`,
  },
  'embeddings.model_unusable': {
    category: 'invalid',
    message: (facts: ModelFacts & { reason: string }) => `${facts.label} cannot be used: ${facts.reason}.`,
    remedy: 'Use a BERT sentence model exported to ONNX with its tokenizer.json, such as bge-small-en-v1.5.',
  },
  'embeddings.runtime_missing': {
    category: 'unavailable',
    message: (facts: ModelFacts) =>
      `${facts.label} needs an ONNX runtime, and neither onnxruntime-node nor onnxruntime-web is installed.`,
    remedy:
      'Run "npm install onnxruntime-node" where troupe is installed (with -g for a global one), or set embeddings.model to built-in.',
  },
  'embeddings.server_failed': {
    category: 'unavailable',
    retryable: true,
    message: (facts: ModelFacts & { said: string; remedy: string }) =>
      `${facts.label} gave no vectors. ${facts.said}`,
    remedy: (facts: { remedy: string }) => facts.remedy,
  },
  'embeddings.bad_answer': {
    category: 'unavailable',
    message: (facts: ModelFacts & { expected: string; got: string }) =>
      `${facts.label} answered with ${facts.got} instead of ${facts.expected}.`,
    remedy: 'Check embeddings.name: it must be an embedding model; a chat model gives no vectors.',
  },
  'embeddings.unknown_model': {
    category: 'not-found',
    message: (facts: { name: string; known: readonly string[] }) =>
      `There is no model "${facts.name}" to pull; there are ${facts.known.join(', ')}.`,
    remedy: 'Pull one of these, or put model.onnx and tokenizer.json into a folder and set embeddings.path.',
  },
  'embeddings.download_failed': {
    category: 'unavailable',
    retryable: true,
    message: (facts: { file: string; host: string; reason: string; receivedBytes: number }) =>
      `${facts.file} could not be downloaded from ${facts.host} (${facts.reason}); ${megabytes(facts.receivedBytes)} of it are kept.`,
    remedy:
      'Run "troupe models pull" again: it goes on where it stopped. Where that host cannot be reached, name a mirror with embeddings.models_url.',
  },
  'embeddings.wrong_hash': {
    category: 'forbidden',
    message: (facts: { file: string; host: string; expected: string; got: string }) =>
      `${facts.file} from ${facts.host} is not the known file: its SHA-256 is ${facts.got}, expected ${facts.expected}.`,
    remedy:
      'Nothing of it was kept. Check embeddings.models_url; a proxy may have answered in place of the server.',
  },
});
