import { userInfo } from 'node:os';
import type { Database } from '../platform/database/index.ts';
import type { ProjectFiles } from '../platform/files/index.ts';
import {
  openApprovals,
  openElicitation,
  personAtTerminal,
  type ApprovalDeps,
  type ApprovalStore,
  type ElicitationDesk,
  type EventTransaction,
  type Presence,
  type SecretScan,
} from '../capabilities/approvals/index.ts';
import {
  openProposalDesk,
  retirementNote,
  sqlProposalStore,
  standardKind,
  standardKindName,
  type DraftSources,
  type ProposalDeps,
  type StandardKindOptions,
  type TryCheck,
} from '../capabilities/proposals/index.ts';
import {
  languageDrafts,
  shippedStandardsFolders,
  type LibraryDeps,
  type StandardsLibrary,
  type StandardsSearch,
  type TryChecks,
} from '../capabilities/standards/index.ts';
import { scanStrictly } from './analyzers-when-needed.ts';
import type { ProjectContext } from './project-context.ts';

/** What the inbox and the proposals in it need of the rest. */
export interface InboxParts {
  database: Database;
  /** The name by which its rows belong to the project. */
  project: string;
  approvals: ApprovalStore;
  files: ProjectFiles;
  library: StandardsLibrary;
  search: StandardsSearch;
  /** Has searches know the approvals and files there are now. */
  refreshIndex: () => Promise<void>;
  tryCheck: TryCheck;
  tryChecks: TryChecks;
  personIsPresent: () => boolean;
  onError: (error: unknown) => void;
  draftsFromJob: ProposalDeps['proposals']['draftsFromJob'];
  reviseByPersona?: StandardKindOptions['reviseByPersona'];
}

/** The inbox of a project with the standards that are proposed in it. Opens nothing by itself. */
export function openInbox(
  { root, settings, clock, ids }: ProjectContext,
  parts: InboxParts,
): ApprovalDeps &
  ProposalDeps & {
    elicitation: ElicitationDesk;
    recordRetirement: LibraryDeps['library']['recordRetirement'];
  } {
  const { database, approvals: store, files, library, search, onError } = parts;
  const { approvals: limits, standards } = settings.values;
  const presence: Presence = { personIsPresent: parts.personIsPresent, personName };
  const approvals = openApprovals({
    store,
    clock,
    ids,
    project: parts.project,
    maxWaiting: limits.maxWaiting,
  });
  const proposals = sqlProposalStore(database);
  const facts: DraftSources = {
    search: () => Promise.resolve(search),
    library: () => Promise.resolve(library),
    tryCheck: parts.tryCheck,
    onProblem: onError,
  };
  // Files and approvals are the truth: what a search does not know yet, it learns with its next look.
  const refreshIndex = () => parts.refreshIndex().catch(onError);
  const desk = openProposalDesk({
    approvals,
    store: proposals,
    clock,
    ids,
    root,
    scanForSecrets,
    facts,
    limits,
  });
  approvals.register(
    standardKind({
      approvals,
      store: proposals,
      root,
      scanForSecrets,
      maxTextBytes: limits.maxTextBytes,
      facts,
      reviseByPersona: parts.reviseByPersona,
      readAdopted: async (id) => (await library.read(await library.find(id))).text,
      refreshIndex,
    }),
  );
  return {
    inbox: { approvals, clock, scanForSecrets, maxRevisions: limits.maxRevisions, ...presence },
    proposals: {
      desk,
      store: proposals,
      approvals,
      library: () => Promise.resolve(library),
      scanForSecrets,
      facts,
      tryChecks: parts.tryChecks,
      readDraft: (file) => files.readText(file, { isKept: true }),
      refreshIndex,
      draftsFromJob: parts.draftsFromJob,
      languageDrafts: (language) =>
        languageDrafts(
          { files, library, languageFolder: shippedStandardsFolders().language, limits: standards },
          language,
        ),
      ...presence,
    },
    async recordRetirement(call, { id, title, approvedHash }, write) {
      const command = `troupe standards retire ${id}`;
      const person = personAtTerminal(call, presence, { act: 'retiring', command });
      const { name: by, channel } = person;
      // Earlier texts lose their approval with it: one that comes back, from git say, is to be looked at anew.
      const work = async (tx: EventTransaction, except: string | null) => {
        const subject = { project: parts.project, kind: standardKindName, subjectId: id };
        await store.revoke(tx, { ...subject, except, by, channel, at: clock.now() });
        await write({ emit: tx.emit, project: parts.project, by, channel });
      };
      if (approvedHash === null) return store.commit(clock.now(), (tx) => work(tx, null));
      const request = { kind: standardKindName, subjectId: id, title, textHash: approvedHash };
      await approvals.recordDone(person, request, retirementNote(id), (tx, done) => work(tx, done.id));
    },
    elicitation: openElicitation(approvals, presence, {
      clients: limits.elicitationClients,
      timeoutMs: limits.elicitationTimeoutMs,
      clock,
      ids,
    }),
  };
}

const scanForSecrets: SecretScan = (text) => scanStrictly(text, 'standard.md');

/** The account's name; some containers run under a number without one. */
function personName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? ''}`.trim();
  }
}
