/**
 * Checks what `troupe ask … --json` printed: `npx node scripts/check-review.ts review.json`. The review is complete, it has
 * findings in several files, and every finding marked as verified in place stands where it says.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Fewer findings, or all of them in one file, and the reviewer overlooked what the example is made of. */
const leastFindings = 10;
const leastFiles = 6;

const review = z.object({
  status: z.literal('complete'),
  persona: z.literal('security'),
  model: z.string().min(1),
  result: z.string().min(200),
  findings: z.array(
    z.object({
      file: z.string(),
      line: z.int().min(1),
      severity: z.enum(['critical', 'high', 'medium', 'low']),
      rule: z.string().nullable(),
      title: z.string().min(1),
      quote: z.string(),
      place_verified: z.boolean(),
    }),
  ),
});

const root = join(import.meta.dirname, '..');
const file = process.argv[2];
if (file === undefined) throw new Error('Usage: npx node scripts/check-review.ts review.json');
const { findings, model } = review.parse(JSON.parse(readFileSync(file, 'utf8')));

const problems: string[] = [];
const verified = findings.filter((finding) => finding.place_verified);
for (const finding of verified) {
  const place = `${finding.file}:${finding.line}`;
  if (!finding.file.startsWith('examples/checkout/')) problems.push(`${place} is outside the scope.`);
  const line = readFileSync(join(root, finding.file), 'utf8').split('\n')[finding.line - 1];
  if (line === undefined) problems.push(`${place} is past the end of the file.`);
  // A masked secret cannot be compared; what stands around it can.
  const [quoted = ''] = finding.quote.split('\n');
  const shown = quoted.split(/\[redacted: [^\]]+\]|…/).map((part) => part.trim());
  if (line !== undefined && !shown.every((part) => line.includes(part)))
    problems.push(`${place} says "${line.trim()}", not "${quoted}".`);
}
const files = new Set(verified.map((finding) => finding.file));
if (verified.length < leastFindings)
  problems.push(`${verified.length} verified findings; at least ${leastFindings} expected.`);
if (files.size < leastFiles)
  problems.push(`Findings in ${files.size} files; at least ${leastFiles} expected.`);

console.log(
  `${model}: ${findings.length} findings, ${verified.length} verified in place, in ${files.size} files.`,
);
for (const problem of problems) console.log(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
