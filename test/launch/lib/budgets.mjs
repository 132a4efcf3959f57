import { statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './processes.mjs';

const kilobyte = 1000;

/** How large the parts of the product may be, in bytes, minified. */
const budgets = { activation: 20 * kilobyte, page: 120 * kilobyte, package: 1000 * kilobyte };

/**
 * Checks the production bundles against their budgets.
 *
 * @param {{ extension: import('esbuild').Metafile, page: import('esbuild').Metafile }} accounts from `buildProduct`
 * @returns {{ name: string, detail: string, isMet: boolean }[]}
 */
export function checkBundles({ extension, page }) {
	const atActivation = closureOf(extension, 'dist/extension.js');
	const eager = atActivation.flatMap(output => Object.keys(extension.outputs[output].inputs));
	return [
		atMost('what activation loads', sum(atActivation), budgets.activation),
		atMost('dist/webview.js', sizeOf('dist/webview.js'), budgets.page),
		none('packages loaded at activation', eager.filter(isPackage)),
		none('large packages loaded with the composition', packagesOfComposition(extension)),
		none('zod itself (instead of zod/mini)', inputsOf(extension, page).filter(isClassicZod)),
		none(
			'tests in the bundles',
			inputsOf(extension, page).filter(input => input.startsWith('test/')),
		),
		none(
			'node: spelling of http and https',
			externalsOf(extension).filter(name => /^node:https?$/.test(name)),
		),
	];
}

/** Checks the size of a `.vsix` file. */
export const checkPackageSize = path => atMost('the package', statSync(path).size, budgets.package);

/** The outputs that are loaded with `output` without any `import()`. */
function closureOf({ outputs }, output, found = new Set()) {
	if (!found.has(output)) {
		found.add(output);
		for (const { path, kind, external } of outputs[output].imports) {
			if (kind === 'import-statement' && !external) {
				closureOf({ outputs }, path, found);
			}
		}
	}
	return [...found];
}

/** The SDK and the YAML parser are for those who send and for those who open a prompt file. */
function packagesOfComposition(extension) {
	const composition = Object.keys(extension.outputs).find(output => extension.outputs[output].entryPoint === 'src/composition.ts');
	const inputs = closureOf(extension, composition).flatMap(output => Object.keys(extension.outputs[output].inputs));
	return inputs.filter(input => /node_modules\/(openai|@azure)\//.test(input));
}

const isPackage = input => input.includes('node_modules/');
const isClassicZod = input => /node_modules\/zod\/(v\d\/classic|index)/.test(input);
const inputsOf = (...accounts) => accounts.flatMap(({ inputs }) => Object.keys(inputs));
const externalsOf = ({ inputs }) =>
	Object.values(inputs).flatMap(({ imports }) => imports.filter(({ external }) => external).map(({ path }) => path));

/** Size on disk: what is shipped is smaller or larger than what esbuild's account of the first step says. */
const sizeOf = path => statSync(join(root, path)).size;
const sum = paths => paths.reduce((total, path) => total + sizeOf(path), 0);

function atMost(name, bytes, budget) {
	return { name: `${name} is at most ${inKilobytes(budget)}`, detail: inKilobytes(bytes), isMet: bytes <= budget };
}

function none(name, found) {
	const distinct = [...new Set(found)];
	const shown = `${distinct.slice(0, 5).join(', ')}${distinct.length > 5 ? ` and ${distinct.length - 5} more` : ''}`;
	return { name: `no ${name}`, detail: distinct.length === 0 ? 'none' : shown, isMet: distinct.length === 0 };
}

/** For people: kilobytes with one digit after the point. */
export const inKilobytes = bytes => `${(bytes / kilobyte).toFixed(1)} kB`;

/** Prints checks and counts them. */
export function reportChecks(checks) {
	for (const { name, detail, isMet } of checks) {
		console.log(`  ${isMet ? '✓' : '✗'} ${name} (${detail})`);
	}
	const passed = checks.filter(({ isMet }) => isMet).length;
	return { passed, failed: checks.length - passed };
}
