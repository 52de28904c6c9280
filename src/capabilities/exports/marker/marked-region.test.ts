import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { findRegion, withoutRegion, withRegion } from './marked-region.ts';

const content = '## Standards\n\n- One.\n';
const eol = fc.constantFrom('\n', '\r\n');
const words = fc.constantFrom('', '# Mine', 'text', '<!-- a comment -->', '```', '- item', 'ä');
const hand = fc
  .tuple(fc.boolean(), eol, fc.array(words, { maxLength: 8 }), fc.boolean())
  .map(
    ([mark, end, lines, last]) =>
      (mark ? '\uFEFF' : '') + lines.join(end) + (last && lines.length > 0 ? end : ''),
  );

describe('[X7] a region in a file that people write too', () => {
  it('is found as Troupe left it, and the second run changes nothing', () => {
    fc.assert(
      fc.property(hand, (text) => {
        const once = withRegion(text, content);
        const place = findRegion(once);
        assert.equal(place.state, 'own');
        assert.equal(place.state === 'own' && place.content, content);
        assert.equal(withRegion(once, content), once);
      }),
    );
  });

  it('leaves every byte around it, wherever people put it', () => {
    fc.assert(
      fc.property(hand, hand, (before, after) => {
        const region = withRegion('', content);
        const head = before === '' || before.endsWith('\n') ? before : `${before}\n`;
        const text = head + region + after.replace('\uFEFF', '');
        const changed = withRegion(text, '## Other\n');
        assert.ok(changed.startsWith(head));
        assert.ok(changed.endsWith(after.replace('\uFEFF', '')));
        assert.equal(withRegion(changed, content).replaceAll('\r\n', '\n'), text.replaceAll('\r\n', '\n'));
      }),
    );
  });

  it('goes without a trace, but for the line end of the last line', () => {
    fc.assert(
      fc.property(hand, (text) => {
        const gone = withoutRegion(withRegion(text, content));
        assert.ok(
          gone === text || gone === `${text}\n` || gone === `${text}\r\n`,
          JSON.stringify([text, gone]),
        );
      }),
    );
  });

  it('is known as edited after any edit, but not when only the line ends changed', () => {
    const text = withRegion('# Mine\n', content);
    assert.equal(findRegion(text.replace('One', 'Two')).state, 'edited');
    assert.equal(findRegion(text.replace('- One.\n', '')).state, 'edited');
    assert.equal(findRegion(text.replaceAll('\n', '\r\n')).state, 'own');
  });

  it('is broken where its marks are', () => {
    const text = withRegion('# Mine\n', content);
    for (const [broken, reason] of [
      [text.replace(/<!-- troupe:standards end -->\n/, ''), /line 3 has no partner/],
      [text + text, /further mark in line/],
      [text.replace('sha256:', 'sha:'), /line 3 is not as Troupe writes it/],
      [text.replace('end -->', 'begin sha256:x -->'), /is not as Troupe writes it/],
    ] as const) {
      const place = findRegion(broken);
      assert.equal(place.state, 'broken');
      assert.match(place.state === 'broken' ? place.reason : '', reason);
    }
  });
});
