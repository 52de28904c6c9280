const reviewWords = /\b(review|check|audit|scan|find|look for|inspect|lint|analy[sz]e|assess)\b/i;
const questionWords =
  /^(what|why|how|when|where|which|who|whose|should|could|would|can|is|are|do|does|did|will|explain|describe|tell|design|propose|suggest|recommend|write|draft|plan|compare|help|summari[sz]e|document)\b/i;

/**
 * Whether a task asks for an answer or a text rather than for a review. Rules can review; they cannot answer, so
 * the offline reviewer says so instead of reviewing what nobody asked for.
 */
export function isQuestion(task: string): boolean {
  const text = task.trim();
  if (reviewWords.test(text)) return false;
  return text.endsWith('?') || questionWords.test(text);
}
