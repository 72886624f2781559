"""Made-up deliveries of which the truth is known: to show what a report can do, and to measure how good its models are.

Nothing here is about a real action. What is shown of it says so.
"""
