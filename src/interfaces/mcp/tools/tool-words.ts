import type { PersonaCard } from '../persona-source.ts';
import type { ToolOffer } from './tool-offer.ts';

/** How texts for the client's model call the tools: taken from the offers, so that they name nothing that is not there. */
export interface ToolWords {
  /** The personas that can be asked through a tool, with the words for that call. */
  personas: readonly { card: PersonaCard; ask: string }[];
  /** The tool that waits for a job. */
  check: string | undefined;
  /** The tool that searches the standards. */
  search: string | undefined;
}

export function toolWords<Deps>(
  offers: readonly ToolOffer<Deps>[],
  personas: readonly PersonaCard[],
): ToolWords {
  const named = (operation: string) =>
    offers.find((offer) => offer.operation.name === operation)?.definition.name;
  const own = new Map(offers.map((offer) => [offer.bound['persona'], offer.definition.name]));
  const forAll = offers.find((offer) => offer.takesPersona)?.definition.name;
  return {
    personas: personas.flatMap((card) => {
      const ask =
        own.get(card.name) ?? (forAll === undefined ? undefined : `${forAll} with persona "${card.name}"`);
      return ask === undefined ? [] : [{ card, ask }];
    }),
    check: named('jobs.check'),
    search: named('standards.search'),
  };
}
