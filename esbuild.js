// Bundles the extension, its panel's page and the tests. Required by the launchers, or on its own:
// node esbuild.js [--production] [--watch] [--tests=host]
const { build, context, transform } = require('esbuild');
const { readdirSync } = require('node:fs');
const { mkdir, readFile, rm, writeFile } = require('node:fs/promises');
const { basename, dirname, join, relative, sep } = require('node:path');
const { pathToFileURL } = require('node:url');

const root = __dirname;
const target = 'es2024';

/**
 * Turns the ES modules that esbuild can split into the CommonJS that VS Code's extension host wants: only a CommonJS
 * `require('https')` gets VS Code's proxy support, and only a chunk that is loaded late costs nothing at activation.
 */
const writeAsCommonJs = ({ minify }) => ({
	name: 'write-as-commonjs',
	setup(plugin) {
		plugin.onEnd(async result => {
			for (const { path, text } of result.errors.length > 0 ? [] : result.outputFiles) {
				const { code } = await transform(withoutIdleImports(text, result.metafile), {
					format: 'cjs',
					platform: 'node',
					target,
					minify,
					supported: { 'dynamic-import': false },
					sourcemap: minify ? false : 'inline',
					sourcefile: basename(path),
				});
				await mkdir(dirname(path), { recursive: true });
				await writeFile(path, code);
			}
		});
	},
});

/** Leaves out imports of chunks that hold nothing but esbuild's helpers and give none to `text`: reading one more file costs activation time. */
function withoutIdleImports(text, { outputs }) {
	const isIdle = chunk => Object.keys(outputs[`dist/chunks/${chunk}`]?.inputs ?? { unknown: true }).length === 0;
	return text.replace(/^import\s*"\.\/(?:chunks\/)?([\w.-]+\.js)";?/gm, (whole, chunk) => (isIdle(chunk) ? '' : whole));
}

const extension = production => ({
	absWorkingDir: root,
	entryPoints: ['src/extension.ts'],
	outdir: 'dist',
	chunkNames: 'chunks/[name]-[hash]',
	bundle: true,
	splitting: true,
	format: 'esm',
	platform: 'node',
	target,
	external: ['vscode'],
	// VS Code's proxy support does not see the other spelling, which packages use.
	alias: { 'node:http': 'http', 'node:https': 'https' },
	minify: production,
	sourcemap: production ? false : 'inline',
	legalComments: 'none',
	write: false,
	metafile: true,
	logLevel: 'warning',
	plugins: [writeAsCommonJs({ minify: production })],
});

const page = production => ({
	absWorkingDir: root,
	entryPoints: [
		{ in: 'webview/main.ts', out: 'webview' },
		{ in: 'webview/panel.css', out: 'webview' },
	],
	outdir: 'dist',
	bundle: true,
	format: 'iife',
	platform: 'browser',
	target,
	define: { 'process.env.NODE_ENV': production ? '"production"' : '"development"' },
	minify: production,
	sourcemap: production ? false : 'inline',
	legalComments: 'none',
	metafile: true,
	logLevel: 'warning',
});

/** Where each kind of test lies. `host` is one file, because VS Code loads one. */
const testKinds = {
	unit: { suffix: '.test.ts', format: 'esm' },
	faults: { suffix: '.faultTest.ts', format: 'esm' },
	fuzz: { suffix: '.fuzz.ts', format: 'esm' },
	slow: { suffix: '.slowTest.ts', format: 'esm' },
	ui: { suffix: '.uiTest.ts', format: 'esm' },
	bench: { suffix: '.bench.ts', format: 'esm' },
	scenes: { suffix: '.scene.ts', format: 'esm' },
	host: { suffix: '.hostTest.ts', format: 'cjs' },
};

const tests = (kind, files) => ({
	absWorkingDir: root,
	bundle: true,
	platform: 'node',
	target,
	format: testKinds[kind].format,
	sourcemap: 'inline',
	outdir: `out/${kind}`,
	metafile: true,
	logLevel: 'warning',
	// Tests need not be small: packages are loaded from node_modules as they are.
	packages: 'external',
	...(kind === 'host'
		? { entryPoints: { index: 'test/host/index.ts' }, plugins: [listOfTests(files)] }
		: {
				entryPoints: files,
				plugins: [keepLaunchers],
				splitting: true,
				outExtension: { '.js': '.mjs' },
				outbase: `test/${kind}`,
				chunkNames: 'chunks/[name]-[hash]',
			}),
});

/** Gives `test/host/index.ts` the module `all-host-tests`: every test file that lies in the folder, to be loaded one by one. */
const listOfTests = files => ({
	name: 'list-of-tests',
	setup(plugin) {
		plugin.onResolve({ filter: /^all-host-tests$/ }, () => ({ path: 'all-host-tests', namespace: 'tests' }));
		plugin.onLoad({ filter: /.*/, namespace: 'tests' }, () => {
			const entries = files.map(file => `{ file: ${JSON.stringify(file)}, load: () => require(${JSON.stringify(`./${file}`)}) }`);
			return { resolveDir: root, contents: `export const testFiles = [${entries.join(', ')}];` };
		});
	},
});

/** Leaves the launchers' modules where they are: they find the repository by their own place. */
const keepLaunchers = {
	name: 'keep-launchers',
	setup(plugin) {
		plugin.onResolve({ filter: /^\.{1,2}\/.*\.mjs$/ }, ({ path, resolveDir }) => ({
			path: pathToFileURL(join(resolveDir, path)).href,
			external: true,
		}));
	},
};

function findTests(kind) {
	const folder = join(root, 'test', kind);
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter(entry => entry.isFile() && entry.name.endsWith(testKinds[kind].suffix))
		.map(entry =>
			relative(root, join(entry.parentPath ?? entry.path, entry.name))
				.split(sep)
				.join('/'),
		)
		.sort();
}

/** Bundles all tests of a kind (`unit`, `faults`, `fuzz`, `host`, `ui`, `bench`, `scenes`) into `out/KIND` and returns their files. */
async function buildTests(kind) {
	const files = findTests(kind);
	if (files.length === 0) {
		throw new Error(`There is no ${kind} test (test/${kind}/**/*${testKinds[kind].suffix}).`);
	}
	const { metafile } = await build(tests(kind, files));
	await removeOthers(`out/${kind}`, Object.keys(metafile.outputs));
	return files;
}

const noticesPath = 'dist/ThirdPartyNotices.txt';

/** Writes the licences of everything that `inputs` (paths of bundled files) took from other packages, as those licences ask. */
async function writeNotices(inputs) {
	const packages = inputs.flatMap(input => input.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1] ?? []);
	const notices = await Promise.all([...new Set(packages)].sort().map(noticeOf));
	const head = 'Image Prompt contains parts of the packages below. Each is followed by its licence.';
	await writeFile(join(root, noticesPath), [head, ...notices].join(`\n\n${'-'.repeat(80)}\n\n`));
}

async function noticeOf(name) {
	const folder = join(root, 'node_modules', name);
	const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	const files = readdirSync(folder).filter(file => /^(licen[cs]e|notice)/i.test(file));
	if (files.length === 0) {
		throw new Error(`The package ${name} has no licence file, so it can't be shipped.`);
	}
	const texts = await Promise.all(files.sort().map(file => readFile(join(folder, file), 'utf8')));
	return [`${name} ${version} (${license})`, ...texts.map(text => text.replaceAll('\r\n', '\n').trim())].join('\n\n');
}

/** Removes what an earlier build left in `folder`. Afterwards, so that a window that loads just now still finds its files. */
async function removeOthers(folder, kept) {
	const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
	const paths = entries.map(entry =>
		relative(root, join(entry.parentPath ?? entry.path, entry.name))
			.split(sep)
			.join('/'),
	);
	await Promise.all(paths.filter(path => !kept.includes(path)).map(path => rm(join(root, path), { force: true })));
}

/** Bundles what is shipped into `dist`. Returns esbuild's accounts of both bundles. */
async function buildProduct({ production }) {
	const [ofExtension, ofPage] = await Promise.all([build(extension(production)), build(page(production))]);
	const accounts = [ofExtension.metafile, ofPage.metafile];
	await mkdir(join(root, 'dist'), { recursive: true });
	await writeNotices(accounts.flatMap(({ inputs }) => Object.keys(inputs)));
	await removeOthers('dist', [...accounts.flatMap(({ outputs }) => Object.keys(outputs)), noticesPath]);
	return { extension: ofExtension.metafile, page: ofPage.metafile };
}

/** Bundles the panel's page alone, as it is shipped, into `outdir`. */
async function buildPage(outdir) {
	await build({ ...page(true), outdir });
}

async function watch() {
	await rm(join(root, 'dist'), { recursive: true, force: true });
	const contexts = await Promise.all([context({ ...extension(false), logLevel: 'info' }), context({ ...page(false), logLevel: 'info' })]);
	await Promise.all(contexts.map(each => each.watch()));
}

module.exports = { buildPage, buildProduct, buildTests };

async function main(argv) {
	const tests = argv.find(argument => argument.startsWith('--tests='))?.slice('--tests='.length);
	if (argv.includes('--watch')) {
		await watch();
		return;
	}
	await buildProduct({ production: argv.includes('--production') });
	if (tests) {
		await buildTests(tests);
	}
}

if (require.main === module) {
	main(process.argv).catch(error => {
		console.error(error.message);
		process.exitCode = 1;
	});
}
