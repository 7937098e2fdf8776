"""What is told -> words: mails as text and HTML in the language of their reader."""
