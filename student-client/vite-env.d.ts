// Styles are imported for their effect only; the bundler makes them files.
declare module '*.css';
