/** One file of a model, known by its content. */
export interface KnownFile {
  /** Its name in the model's folder here. */
  name: string;
  /** Its path in the publisher's repository. */
  path: string;
  sizeBytes: number;
  sha256: string;
}

/** A model that can be pulled by its name. */
export interface KnownModel {
  name: string;
  /** For people: size, licence, what it is good for. */
  about: string;
  repository: string;
  /** The publisher's commit, so that the same name is always the same files. */
  revision: string;
  dimensions: number;
  files: readonly KnownFile[];
}

/** What `troupe models pull` knows; the first one is its default. */
export const knownModels: readonly [KnownModel, ...KnownModel[]] = [
  {
    name: 'snowflake-arctic-embed-m-v1.5',
    about: '110 MB, Apache-2.0: five times the size of the built-in model, made for search',
    repository: 'Snowflake/snowflake-arctic-embed-m-v1.5',
    revision: 'e58a8f756156a1293d763f17e3aae643474e9b8a',
    dimensions: 768,
    files: [
      {
        name: 'model.onnx',
        path: 'onnx/model_quantized.onnx',
        sizeBytes: 110_145_162,
        sha256: 'a18f437b2466863901a0bdc14904cf93246f5ecce0b656fc773bc2b7b2f84f6e',
      },
      {
        name: 'vocab.txt',
        path: 'vocab.txt',
        sizeBytes: 231_508,
        sha256: '07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3',
      },
    ],
  },
  {
    name: 'bge-small-en-v1.5',
    about: '34 MB, MIT: twice the layers of the built-in model',
    repository: 'Xenova/bge-small-en-v1.5',
    revision: 'ea104dacec62c0de699686887e3f920caeb4f3e3',
    dimensions: 384,
    files: [
      {
        name: 'model.onnx',
        path: 'onnx/model_quantized.onnx',
        sizeBytes: 34_014_426,
        sha256: '6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4',
      },
      {
        name: 'tokenizer.json',
        path: 'tokenizer.json',
        sizeBytes: 711_396,
        sha256: 'd241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66',
      },
    ],
  },
];
