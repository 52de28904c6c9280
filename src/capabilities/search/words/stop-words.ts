/** English words that say nothing about a topic: articles, pronouns, auxiliaries, question words and fillers. */
export const stopWords: ReadonlySet<string> = new Set(
  (
    'a about above after again all also am an and any anyone anything are around as at be because been before being below ' +
    'best between both but by can cannot could did do does doing done down during each either else ever every for from get ' +
    'gets getting give given go goes going good got had has have having he her here hers him his how i if in into is it its ' +
    'itself just keep know let like make makes making many may me might mine more most much must my myself need needs no ' +
    'nor not now of off ok okay on once one ones only or other our ours out over own please properly put really right same ' +
    'she should so some somebody someone something still such sure take tell than that the their them then there these they ' +
    'thing things this those through to too under until up us use used uses using very want wants was way ways we well were ' +
    'what when where whether which while who whom why will with without would yes yet you your yours ' +
    "aren't can't couldn't didn't doesn't don't hasn't haven't i'm i've isn't it's let's shouldn't that's there's wasn't we're we've what's won't wouldn't you're"
  ).split(' '),
);
