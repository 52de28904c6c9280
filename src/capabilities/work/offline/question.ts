const reviewWords = /\b(review|check|audit|scan|find|look for|inspect|lint|analy[sz]e|assess)\b/i;
const questionWords =
  /^(what|why|how|when|where|which|who|whose|should|could|would|can|is|are|do|does|did|will)\b/i;
const writingWords =
  /^(explain|describe|tell|design|propose|suggest|recommend|write|draft|plan|compare|help|summari[sz]e|document)\b/i;

/** "Can you check src?" asks for a review, "Should we check passwords twice?" asks for an answer. */
const politeReview =
  /^(?:please,? |(?:can|could|would|will) you (?:please )?|help (?:me |us )?(?:to )?|write (?:me )?(?:a|the) (?:\w+ )?)(?:review|check|audit|scan|inspect|lint|analy[sz]e|assess)\b/i;

/**
 * Whether a task asks for an answer or a text rather than for a review. Rules can review; they cannot answer, so
 * the offline reviewer says so instead of reviewing what nobody asked for.
 */
export function isQuestion(task: string): boolean {
  const text = task.trim();
  if (politeReview.test(text)) return false;
  if (writingWords.test(text) || (questionWords.test(text) && text.endsWith('?'))) return true;
  return !reviewWords.test(text) && (text.endsWith('?') || questionWords.test(text));
}
