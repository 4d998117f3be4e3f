// What the single executable starts with: the bundle's files are assets inside it, and are imported from there. Nothing is unpacked.
import { getAsset } from 'node:sea';
import { pathToFileURL } from 'node:url';
import { constants, Script } from 'node:vm';
import { readOwnFiles } from '../../../source/commands/line/own-files.ts';

/** Addresses below the executable itself: no file can be there, and they are the same at each start, as the compile cache needs it. */
const inside = pathToFileURL(`${process.execPath}/`).href;

readOwnFiles(inside, path => getAsset(path, 'utf8'));

// A script that is embedded can import Node's own modules only; one that is compiled like this, any.
new Script(`import(${JSON.stringify(`${inside}pxpair.js`)})`, {
	importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
}).runInThisContext();
