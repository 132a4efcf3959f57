import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';
import { App } from './app';
import { ZoomPicture } from './zoomPicture';

customElements.define('zoom-picture', ZoomPicture);

const root = document.getElementById('panel');
if (!root) {
	throw new Error('The page has no root.');
}
new App(root, acquireVsCodeApi()).start();
