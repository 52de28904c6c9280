export { invokePersonaInput, invokePersonaOutput, personaTask } from './invoke-persona.ts';
