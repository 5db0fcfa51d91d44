import { textLike } from './parse-shapes.ts';

/** Ids stand in file names, headings and progress files. */
export const ID = /^[a-z][a-z0-9-]{0,39}$/;
export const ID_FORM = 'a short name of small letters, digits and - (such as thin-layer)';
export const idText = textLike(ID, ID_FORM);
