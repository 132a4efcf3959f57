import { posix } from 'node:path';
import ts from 'typescript';

/** One import of a source file. */
export interface ImportedModule {
	readonly specifier: string;
	/** Gone when the code runs. */
	readonly isTypeOnly: boolean;
}

interface Layer {
	/** Prefixes of the files that belong to it, relative to the repository. */
	readonly prefixes: readonly string[];
	/** What it may import besides itself: a folder, a file without extension, a package, a folder of a package (`lit/`), or `node:`. */
	readonly mayImport: readonly string[];
	/** What it may import as types only. */
	readonly mayImportTypesOf?: readonly string[];
}

/** Who may import whom. What is in no layer is refused. */
export const layers: Readonly<Record<string, Layer>> = {
	core: { prefixes: ['src/core/'], mayImport: ['zod/mini', 'yaml'] },
	providers: {
		prefixes: ['src/providers/'],
		mayImport: ['src/core/', 'zod/mini', 'openai', 'openai/', '@azure/', 'node:', 'http', 'https'],
	},
	protocol: { prefixes: ['src/protocol/'], mayImport: ['zod/mini'], mayImportTypesOf: ['src/core/'] },
	host: { prefixes: ['src/host/'], mayImport: ['src/core/', 'src/protocol/', 'zod/mini', 'vscode', 'node:'] },
	webview: { prefixes: ['webview/'], mayImport: ['src/core/', 'src/protocol/', '@vscode-elements/elements/', 'lit', 'lit/', 'zod/mini'] },
	root: { prefixes: ['src/extension.ts', 'src/composition.ts'], mayImport: ['src/', 'vscode', 'node:'] },
};

/** Wrong in every layer: zod is large where zod/mini is small, and VS Code's proxy support knows only the bare names. */
const neverImported = ['zod', 'node:http', 'node:https', 'undici'];

/** Every module that `text` (TypeScript) imports, exports from, requires, or names in a type. */
export function importsOf(text: string): readonly ImportedModule[] {
	const found: ImportedModule[] = [];
	const visit = (node: ts.Node): void => {
		const imported = importAt(node);
		if (imported) {
			found.push(imported);
		}
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('source.ts', text, ts.ScriptTarget.ES2024));
	return found;
}

function importAt(node: ts.Node): ImportedModule | undefined {
	if (ts.isImportDeclaration(node)) {
		return moduleOf(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
	}
	if (ts.isExportDeclaration(node)) {
		return moduleOf(node.moduleSpecifier, node.isTypeOnly);
	}
	if (ts.isImportTypeNode(node)) {
		return ts.isLiteralTypeNode(node.argument) ? moduleOf(node.argument.literal, true) : undefined;
	}
	if (ts.isExternalModuleReference(node)) {
		return moduleOf(node.expression, false);
	}
	const isLoading =
		ts.isCallExpression(node) &&
		(node.expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(node.expression) && node.expression.text === 'require'));
	return isLoading ? moduleOf(node.arguments[0], false) : undefined;
}

function moduleOf(specifier: ts.Node | undefined, isTypeOnly: boolean): ImportedModule | undefined {
	return specifier && ts.isStringLiteralLike(specifier) ? { specifier: specifier.text, isTypeOnly } : undefined;
}

/** What is wrong with the imports of one file: `FILE -> MODULE` each. */
export function mistakesOf(file: string, text: string): readonly string[] {
	const layer = Object.values(layers).find(({ prefixes }) => prefixes.some(prefix => file.startsWith(prefix)));
	if (!layer) {
		return [`${file} is in no layer`];
	}
	return importsOf(text)
		.map(({ specifier, isTypeOnly }) => ({ target: resolve(file, specifier), isTypeOnly }))
		.filter(({ target, isTypeOnly }) => !isAllowed(layer, target, isTypeOnly))
		.map(({ target }) => `${file} -> ${target}`);
}

function resolve(file: string, specifier: string): string {
	return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : specifier;
}

function isAllowed(layer: Layer, target: string, isTypeOnly: boolean): boolean {
	if (neverImported.includes(target)) {
		return false;
	}
	const allowed = [...layer.prefixes, ...layer.mayImport, ...(isTypeOnly ? (layer.mayImportTypesOf ?? []) : [])];
	return allowed.some(prefix => (/[/:]$/.test(prefix) ? target.startsWith(prefix) : target === prefix || `${target}.ts` === prefix));
}
