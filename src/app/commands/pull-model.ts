import type { PulledModel } from '../../capabilities/setup/contract/index.ts';
import {
  openProgressLine,
  type ExtraCommand,
  type GlobalOptions,
  type Terminal,
} from '../../interfaces/cli/index.ts';
import { homeFolder } from '../../platform/user-folders/index.ts';
import { systemClock } from '../../kernel/index.ts';
import { openProjectContext, type ContextOptions } from '../project-context.ts';

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

/** `troupe models pull`: brings a stronger model for search by meaning to this machine. */
export function pullModel(
  contextOf: (options: GlobalOptions) => ContextOptions,
  terminal: Terminal,
  interrupted: AbortSignal,
): ExtraCommand {
  return {
    name: 'models pull',
    summary:
      'Download a stronger model for search by meaning; "embeddings.model: onnx" in your configuration uses it.',
    arguments: [{ name: '[name]', summary: 'snowflake-arctic-embed-m-v1.5 (default) or bge-small-en-v1.5.' }],
    async run(options, _given, [name]) {
      const asked = contextOf(options);
      const { settings, personas } = await openProjectContext(asked);
      personas.close();
      const { modelsUrl, callTimeoutMs } = settings.values.embeddings;
      const embeddings = await import('../../capabilities/embeddings/index.ts');
      const line = openProgressLine(terminal);
      try {
        const { model, folder } = await embeddings.pullModel({
          name,
          modelsFolder: embeddings.userModelsFolder({
            env: asked.env,
            home: homeFolder(),
            platform: process.platform,
          }),
          modelsUrl,
          idleTimeoutMs: callTimeoutMs,
          clock: systemClock,
          env: asked.env,
          signal: interrupted,
          onProgress: ({ file, receivedBytes, totalBytes }) =>
            line.show({
              percent: Math.floor((100 * receivedBytes) / totalBytes),
              message: `${file}, ${megabytes(receivedBytes)} of ${megabytes(totalBytes)} MB`,
              phase: file,
            }),
        });
        line.clear();
        const report: PulledModel = {
          name: model.name,
          folder,
          settings: { 'embeddings.model': 'onnx', 'embeddings.name': model.name },
        };
        terminal.out(
          options.json
            ? `${JSON.stringify(report, null, 2)}\n`
            : `${model.name} is in ${folder}.\nTo use it, in your own configuration:\n\n` +
                `embeddings:\n  model: onnx\n  name: ${model.name}\n\n` +
                `It needs an ONNX runtime beside troupe: npm install onnxruntime-node\n`,
        );
        return 0;
      } finally {
        line.clear();
      }
    },
  };
}
