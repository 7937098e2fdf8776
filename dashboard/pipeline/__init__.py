"""What the organisation does about calls: the buttons on every call, the page of its own calls, its members."""
