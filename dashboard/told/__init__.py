"""What pages, plain pages and files say of calls and funds, in the reader's language: the same words in all of them."""
