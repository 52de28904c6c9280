import type { Evidence } from '../evidence.ts';
import type { Manifest } from './manifest.ts';
import { structureEvidence } from './structure-evidence.ts';

/** `go.mod`: a module with requirements and no `go.sum`; replacements that point at a fork. */
export function goModEvidence({ path, text, neighbours }: Manifest): Evidence[] {
  const lines = text.split(/\r?\n/);
  const evidence: Evidence[] = [];
  const required = lines.findIndex((l) => /^\s*(?:require\s+)?[\w.-]+\.[\w.-]+\/\S+\s+v\d/.test(l));
  if (required >= 0 && !neighbours.has('go.sum')) {
    const place = { file: path, line: required + 1, quote: lines[required]!.trim() };
    evidence.push(structureEvidence('missing-lockfile', place, 'go.sum'));
  }
  lines.forEach((line, at) => {
    const fork = /^\s*(?:replace\s+)?(\S+)(?:\s+v\S+)?\s+=>\s+([\w-]+\.[\w.-]+\/\S+)\s+v/.exec(line);
    if (fork === null || fork[1] === fork[2]) return;
    evidence.push(
      structureEvidence('unreviewed-source', { file: path, line: at + 1, quote: line.trim() }, fork[1]),
    );
  });
  return evidence;
}

const floating = /^(?:LATEST|RELEASE|[[(].*,\s*[\])])$/;

/** `pom.xml`: floating versions, the same artifact twice, repositories without TLS. */
export function pomEvidence({ path, text }: Manifest): Evidence[] {
  const evidence: Evidence[] = [];
  const plain = text.replace(/<!--[^]*?-->|<(dependencyManagement|plugins|profiles)>[^]*?<\/\1>/g, (part) =>
    part.replace(/[^\n]/g, ' '),
  );
  const seen = new Set<string>();
  for (const match of plain.matchAll(/<dependency>([^]*?)<\/dependency>/g)) {
    const line = plain.slice(0, match.index).split('\n').length;
    const field = (name: string) =>
      new RegExp(`<${name}>\\s*([^<]*?)\\s*</${name}>`).exec(match[1]!)?.[1] ?? '';
    const artifact = `${field('groupId')}:${field('artifactId')}`;
    const identity = [artifact, field('classifier'), field('type')].join(':');
    const place = { file: path, line, quote: `<artifactId>${field('artifactId')}</artifactId>` };
    if (floating.test(field('version'))) {
      evidence.push(structureEvidence('unpinned-dependency', place, `${artifact} ${field('version')}`));
    }
    if (seen.has(identity)) evidence.push(structureEvidence('duplicate-dependency', place, artifact));
    seen.add(identity);
  }
  for (const match of plain.matchAll(/<repository>[^]*?<url>\s*(http:\/\/[^<]+)<\/url>/g)) {
    const line = plain.slice(0, match.index + match[0].lastIndexOf('<url>')).split('\n').length;
    evidence.push(
      structureEvidence(
        'unreviewed-source',
        { file: path, line, quote: match[1]!.trim() },
        'repository without TLS',
      ),
    );
  }
  return evidence;
}
