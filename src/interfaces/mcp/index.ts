export type { PersonaCard, PersonaSource } from './persona-source.ts';
export type { ListedStandard, StandardSource } from './standard-source.ts';
export { serveMcp } from './serve-mcp.ts';
export type { McpDoor, McpOptions } from './serve-mcp.ts';
export type { ToolOffer } from './tools/tool-offer.ts';
export type { ToolProfile } from './tools/tool-profile.ts';
