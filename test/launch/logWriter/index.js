// Stands in for the native module @vscode/spdlog, which the test host does without: writes what VS Code and extensions log.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class Logger {
	#path;
	#level = 2;
	#isPlain = false;

	constructor(_type, _name, path) {
		mkdirSync(dirname(path), { recursive: true });
		this.#path = path;
		for (const [level, name] of levels.entries()) {
			this[name] = message => this.#write(level, message);
		}
	}

	getLevel() {
		return this.#level;
	}

	setLevel(level) {
		this.#level = level;
	}

	clearFormatters() {
		this.#isPlain = true;
	}

	setPattern() {}
	flush() {}
	drop() {}

	#write(level, message) {
		if (level >= this.#level) {
			appendFileSync(this.#path, this.#isPlain ? message : `${new Date().toISOString()} [${levels[level]}] ${message}\n`);
		}
	}
}

const createLogger = async (name, path) => new Logger('', name, path);

exports.version = 1;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
