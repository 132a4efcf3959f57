import * as assert from 'node:assert/strict';
import * as z from 'zod/mini';
import { describeIssue } from '../../../../src/core/connection/schemaIssue';

const schema = z.strictObject(
	{
		name: z.string('must be a text'),
		list: z.optional(z.array(z.strictObject({ size: z.int('must be a whole number') }, 'must be an object'), 'must be a list')),
	},
	'must be an object',
);

function sentences(value: unknown): readonly string[] {
	const parsed = schema.safeParse(value);
	return parsed.success ? [] : parsed.error.issues.map(issue => describeIssue(issue, ['name', 'list', 'size']));
}

suite('describeIssue', () => {
	for (const [value, expected] of [
		[{ name: 'x' }, []],
		[17, ['The value must be an object.']],
		[{}, ['"name" must be a text.']],
		[{ name: 'x', list: 'y' }, ['"list" must be a list.']],
		[{ name: 'x', list: [3] }, ['"list[0]" must be an object.']],
		[{ name: 'x', list: [{ size: 1 }, { size: 1.5 }] }, ['"list[1].size" must be a whole number.']],
		[{ name: 'x', NAME: 'y' }, ['"NAME" is not known here. Did you mean "name"?']],
		[{ name: 'x', list: [{ size: 1, sise: 2 }] }, ['"list[0].sise" is not known here. Did you mean "size"?']],
		[{ name: 'x', zzz: 1, yyy: 2 }, ['"zzz" is not known here. Remove it. "yyy" is not known here. Remove it.']],
		[{ name: 1, list: 2 }, ['"name" must be a text.', '"list" must be a list.']],
	] as const) {
		test(`says of ${JSON.stringify(value)}: ${expected.join(' ') || 'nothing'}`, () => {
			assert.deepEqual(sentences(value), expected);
		});
	}
});
