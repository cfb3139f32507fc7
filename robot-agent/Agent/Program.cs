// Composition root; filled in by the program itself.
return 0;
