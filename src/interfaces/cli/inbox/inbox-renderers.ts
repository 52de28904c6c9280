import { renderAdoption, type Adoption } from './render-adoption.ts';
import { renderInbox, renderRequest, type ShownRequest } from './render-inbox.ts';
import { renderProposals, renderProposed } from './render-proposals.ts';

/** How the outputs of the inbox and of proposals look to people, by name of the operation. */
export const inboxRenderers: Readonly<Record<string, (output: unknown) => string>> = {
  'inbox.list': (output) => renderInbox(output as Parameters<typeof renderInbox>[0]),
  'inbox.show': (output) => renderRequest(output as ShownRequest),
  'proposals.list': (output) => renderProposals(output as Parameters<typeof renderProposals>[0]),
  'proposals.propose': (output) => renderProposed(output as Parameters<typeof renderProposed>[0]),
  'proposals.generate': (output) => renderProposed(output as Parameters<typeof renderProposed>[0]),
  'proposals.adopt': (output) => renderAdoption(output as Adoption),
};
