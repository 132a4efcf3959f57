const plain = /^[\p{L}\p{N}_./](?:[\p{L}\p{N}_./ (){}+,;!?&'"@%=*-]*[\p{L}\p{N}_./)!?%}])?$/u;
const needsEscapes = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udfff]/u;

/** `value` as a YAML scalar on one line: bare when that is safe, else in quotes. */
export function yamlText(value: string, isInFlow: boolean): string {
	if (needsEscapes.test(value)) {
		return JSON.stringify(value).replaceAll(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, escapeCodeUnit);
	}
	const isPlain = plain.test(value) && !(isInFlow && /[,{}]/.test(value)) && !/^(?:---|\.\.\.)/.test(value);
	return isPlain ? value : quoted(value);
}

/** `value`, which has no line break, in single quotes. */
export function quoted(value: string): string {
	return `'${value.replaceAll("'", "''")}'`;
}

function escapeCodeUnit(unit: string): string {
	return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
