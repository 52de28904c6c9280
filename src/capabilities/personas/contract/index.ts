export {
  personaCheck,
  personaDetails,
  personaProblem,
  personaSummary,
  switchedOffPersona,
} from './persona.ts';
export type { PersonaOnTheWire, PersonaProblemOnTheWire } from './persona.ts';
