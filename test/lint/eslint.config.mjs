import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Each run-time is checked with the types that exist there. */
const projects = ['.', 'src/core', 'src/providers', 'src/protocol', 'src/host', 'webview', 'test'].map(folder =>
	join(folder, 'tsconfig.json'),
);

const restrictedSyntax = [
	{ selector: 'TSEnumDeclaration', message: 'Use a union of string literals instead of an enum.' },
	{ selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
	{ selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that defines it.' },
	{ selector: 'Program > VariableDeclaration[kind="let"]', message: 'No module-level mutable state.' },
	{ selector: 'PropertyDefinition[accessibility="private"], MethodDefinition[accessibility="private"]', message: 'Use a #private name.' },
];

export default tseslint.config(
	{ ignores: ['**/node_modules/', 'dist/', 'out/', '.host/', 'test/fixtures/', '**/*.d.ts', '**/*.d.mts'] },
	{
		files: ['src/**/*.ts', 'webview/**/*.ts', 'test/**/*.ts'],
		extends: [tseslint.configs.strictTypeChecked],
		languageOptions: { parserOptions: { project: projects, tsconfigRootDir: root } },
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		rules: {
			'@typescript-eslint/consistent-type-imports': ['error', { prefer: 'type-imports', fixStyle: 'separate-type-imports' }],
			'@typescript-eslint/explicit-module-boundary-types': 'off',
			'@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidOperator: true }],
			'@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
			'@typescript-eslint/no-import-type-side-effects': 'error',
			'@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' }],
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
			],
			// A method may be async for the sake of its port although this implementation never waits.
			'@typescript-eslint/require-await': 'off',
			'no-restricted-syntax': ['error', ...restrictedSyntax],
			'no-console': 'error',
			// An empty `catch` needs a reason in words.
			'no-empty': 'error',
			eqeqeq: 'error',
			'max-lines': ['error', { max: 400 }],
			'max-lines-per-function': ['error', { max: 60 }],
			'max-params': ['error', 5],
			'no-restricted-imports': [
				'error',
				{
					paths: [
						{ name: 'zod', message: 'Import zod/mini: zod itself is 20 times as large.' },
						{ name: 'node:http', message: "Import 'http': VS Code's proxy support does not see the node: spelling." },
						{ name: 'node:https', message: "Import 'https': VS Code's proxy support does not see the node: spelling." },
					],
				},
			],
		},
	},
	{
		files: ['test/**/*.ts'],
		rules: {
			'max-lines-per-function': 'off',
			'max-params': 'off',
			'no-console': 'off',
			'@typescript-eslint/no-non-null-assertion': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
		},
	},
	{
		files: ['**/*.mjs', '**/*.js'],
		rules: { 'no-unused-vars': 'error', 'prefer-const': 'error', eqeqeq: 'error', 'max-lines': ['error', { max: 400 }] },
	},
);
